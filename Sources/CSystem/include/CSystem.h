#ifndef SESH_CSYSTEM_H
#define SESH_CSYSTEM_H

#include "CSystemFiles.h"

#endif
