#ifndef X_storms
#define X_storms
#include "harness/report/report_sweep.h"
json_t *storms_json(const struct report_sweep *sweep);
#endif
