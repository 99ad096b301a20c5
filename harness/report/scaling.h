#ifndef X_scaling
#define X_scaling
#include "harness/report/report_sweep.h"
json_t *scaling_json(const struct report_sweep *sweep);
#endif
