/* SPDX-License-Identifier: MIT */
/* Empty: the modelled read-side sections are in standin.h. */
