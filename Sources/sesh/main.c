// In C because Swift finds out by itself what its arguments are, from /proc/self/maps and the place of the environment
// on the stack (stdlib/public/stubs/CommandLine.cpp): without /proc, or with a library preloaded that has changed the
// environment, it finds none.

void sesh_program_main(int argument_count, char **arguments);

int main(int argument_count, char **arguments) {
    sesh_program_main(argument_count, arguments);
    return 0;
}
