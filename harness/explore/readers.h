/* SPDX-License-Identifier: MIT */
/* Empty on purpose: standin.h defines the modelled read-side sections and locks. */
