#ifndef SESH_PLACEHOLDER_FILTER_H
#define SESH_PLACEHOLDER_FILTER_H

#include <stdio.h>

/// A stream onto a descriptor, which it owns, that writes U+25AF for every character of planes 15 and 16.
FILE *sesh_placeholder_filter_open(int descriptor);

#endif
