#ifndef SESH_CSYSTEM_H
#define SESH_CSYSTEM_H

#endif
