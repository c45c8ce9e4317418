/* Stands between a process and its C library: makes syncs fail and sets the wall clock, as told by
 * files whose common path is in FAULTS: "<path>.sync" fails every sync while it exists, and
 * "<path>.clock" holds the seconds that the wall clock is off. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int told(const char *what, char *path, size_t size) {
    const char *common = getenv("FAULTS");
    return common != NULL && snprintf(path, size, "%s.%s", common, what) < (int)size;
}

static int sync_fails(void) {
    char path[4096];
    return told("sync", path, sizeof path) && access(path, F_OK) == 0;
}

int fdatasync(int descriptor) {
    static int (*original)(int);
    if (original == NULL) original = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    if (sync_fails()) {
        errno = EIO;
        return -1;
    }
    return original(descriptor);
}

int fsync(int descriptor) {
    static int (*original)(int);
    if (original == NULL) original = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    if (sync_fails()) {
        errno = EIO;
        return -1;
    }
    return original(descriptor);
}

static long clock_off_s(void) {
    char path[4096];
    long seconds = 0;
    if (!told("clock", path, sizeof path)) return 0;
    FILE *file = fopen(path, "r");
    if (file == NULL) return 0;
    if (fscanf(file, "%ld", &seconds) != 1) seconds = 0;
    fclose(file);
    return seconds;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*original)(clockid_t, struct timespec *);
    if (original == NULL)
        original = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = original(clock, now);
    if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += clock_off_s();
    return result;
}
