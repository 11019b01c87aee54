// Loaded into a server by LD_PRELOAD, it answers system calls on the files of a database as a failing disk does.
// The file that FAILING_DISK names says which: "write -wal 28" fails every write to a file of a database whose name
// ends so, with that errno; "write * 30" to any. Where that file is not there, nothing fails.
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool fails(const char *call, const char *path) {
  const char *plan = getenv("FAILING_DISK");
  int file = plan ? syscall(SYS_openat, AT_FDCWD, plan, O_RDONLY) : -1;
  if (file < 0) return false;
  char text[64], which[16], ending[16];
  int error;
  long length = syscall(SYS_read, file, text, sizeof text - 1);
  syscall(SYS_close, file);
  text[length > 0 ? length : 0] = 0;
  if (sscanf(text, "%15s %15s %d", which, ending, &error) != 3 || strcmp(which, call)) return false;
  size_t all = strlen(path), last = strlen(ending);
  bool ends = !strcmp(ending, "*") || (all >= last && !strcmp(path + all - last, ending));
  if (!strstr(path, "timetrack.db") || !ends) return false;
  errno = error;
  return true;
}

static bool fails(const char *call, int handle) {
  char link[32], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  long length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  path[length > 0 ? length : 0] = 0;
  return fails(call, path);
}

#define NEXT(name) static auto next = (decltype(&name))dlsym(RTLD_NEXT, #name)

extern "C" {
ssize_t write(int handle, const void *bytes, size_t count) {
  NEXT(write);
  return fails("write", handle) ? -1 : next(handle, bytes, count);
}
ssize_t read(int handle, void *bytes, size_t count) {
  NEXT(read);
  return fails("read", handle) ? -1 : next(handle, bytes, count);
}
ssize_t pwrite64(int handle, const void *bytes, size_t count, off64_t at) {
  NEXT(pwrite64);
  return fails("write", handle) ? -1 : next(handle, bytes, count, at);
}
ssize_t pread64(int handle, void *bytes, size_t count, off64_t at) {
  NEXT(pread64);
  return fails("read", handle) ? -1 : next(handle, bytes, count, at);
}
int fdatasync(int handle) {
  NEXT(fdatasync);
  return fails("sync", handle) ? -1 : next(handle);
}
int fsync(int handle) {
  NEXT(fsync);
  return fails("sync", handle) ? -1 : next(handle);
}
int access(const char *path, int mode) {
  NEXT(access);
  return mode == W_OK && fails("write", path) ? -1 : next(path, mode);
}
}
