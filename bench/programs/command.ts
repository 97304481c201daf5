// The command, to be run as a process of its own.
import '../../src/cli/main';
