/* SPDX-License-Identifier: MIT */
#ifndef HARNESS_RECORD_UNIT_H
#define HARNESS_RECORD_UNIT_H

/* How a unit begins that is no rate: "× kernel_iommu". Where time means nothing, in an emulated
 * kernel, results are multiples of a design's. */
#define UNIT_RATIO "× "

#endif
