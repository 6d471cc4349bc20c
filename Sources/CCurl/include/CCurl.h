#ifndef SESH_CCURL_H
#define SESH_CCURL_H

#endif
