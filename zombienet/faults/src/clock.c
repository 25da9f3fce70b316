/* Moves the date of a process by AITBC_CLOCK_AHEAD seconds; monotonic clocks stay as they are. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

typedef int (*clock_function)(clockid_t, struct timespec *);

int clock_gettime(clockid_t clock, struct timespec *now)
{
	static clock_function original;
	if (!original)
		original = (clock_function)dlsym(RTLD_NEXT, "clock_gettime");
	int result = original(clock, now);
	const char *ahead = getenv("AITBC_CLOCK_AHEAD");
	if (result == 0 && ahead && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
		now->tv_sec += atol(ahead);
	return result;
}
