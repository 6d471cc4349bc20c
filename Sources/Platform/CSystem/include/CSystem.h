#ifndef SESH_CSYSTEM_H
#define SESH_CSYSTEM_H

#include "sesh_files.h"
#include "sesh_library.h"
#include "sesh_output.h"
#include "sesh_signals.h"
#include "sesh_spawn.h"
#include "sesh_threads.h"

#endif
