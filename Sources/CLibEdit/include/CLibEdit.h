#ifndef SESH_CLIBEDIT_H
#define SESH_CLIBEDIT_H

#endif
