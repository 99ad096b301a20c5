#ifndef X_charts
#define X_charts
#include "harness/report/report_sweep.h"
json_t *charts_json(const struct report_sweep *sweep);
#endif
