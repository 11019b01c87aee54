// Put in front of what is compiled for Node 24 and newer. Since 24.19 the header that it includes registers every object
// of a native package to be deleted when the process ends, and unregisters it when it is collected; there Node 24 aborts
// the process (nodejs/node#65446). better-sqlite3 closes its databases itself and was written without either.
#include <node.h>
#define AddEnvironmentCleanupHook(...) static_cast<void>(0)
#define RemoveEnvironmentCleanupHook(...) static_cast<void>(0)
#include <node_object_wrap.h>
#undef AddEnvironmentCleanupHook
#undef RemoveEnvironmentCleanupHook
