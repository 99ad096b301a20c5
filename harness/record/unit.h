/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_RECORD_UNIT_H
#define HARNESS_RECORD_UNIT_H

/* The beginning of a unit that is a ratio, such as "× kernel_iommu". Absolute times in an emulated
 * kernel mean nothing, so each result is a multiple of one design's result. */
#define UNIT_RATIO "× "

#endif
