/* Runs a command and stops its whole process tree at one chosen state-changing system call, or makes that call fail.

   tracer [--at N] [--do kill|ENOSPC|EIO|EROFS] [--persistent] [--log FILE] --root DIR [--root DIR ...] -- COMMAND...

   A call counts when it can change a file under one of the roots: open for creation or truncation, write, rename, link,
   unlink, mkdir, truncate, sync and the like, by any process of the tree, in the order in which they reach the kernel.
   Without --at every call is let through and counted. --log writes one line a call: its number, its name, its path,
   and "in vain" where nothing can come of it.
   With `kill` all processes are killed before the call happens; with an error name the call fails with that error, once
   or (--persistent) from then on. The exit status is the command's, 137 after a kill; the last line of the log tells how
   many calls there were.

   The kernel itself picks the calls (a seccomp filter), so that everything else runs at full speed. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum kind { PATH, AT, FD, OPEN, OPENAT, PATH2, AT2, COPY };

struct call {
    long number;
    const char *name;
    enum kind kind;
};

static const struct call CALLS[] = {
#ifdef SYS_open
    {SYS_open, "open", OPEN},
    {SYS_creat, "creat", PATH},
    {SYS_rename, "rename", PATH2},
    {SYS_link, "link", PATH2},
    {SYS_symlink, "symlink", PATH2},
    {SYS_unlink, "unlink", PATH},
    {SYS_mkdir, "mkdir", PATH},
    {SYS_rmdir, "rmdir", PATH},
    {SYS_chmod, "chmod", PATH},
#endif
    {SYS_openat, "openat", OPENAT},
    {SYS_renameat, "renameat", AT2},
    {SYS_renameat2, "renameat2", AT2},
    {SYS_linkat, "linkat", AT2},
    {SYS_symlinkat, "symlinkat", AT2},
    {SYS_unlinkat, "unlinkat", AT},
    {SYS_mkdirat, "mkdirat", AT},
    {SYS_fchmodat, "fchmodat", AT},
    {SYS_utimensat, "utimensat", AT},
    {SYS_truncate, "truncate", PATH},
    {SYS_write, "write", FD},
    {SYS_pwrite64, "pwrite64", FD},
    {SYS_writev, "writev", FD},
    {SYS_ftruncate, "ftruncate", FD},
    {SYS_fallocate, "fallocate", FD},
    {SYS_fsync, "fsync", FD},
    {SYS_fdatasync, "fdatasync", FD},
    {SYS_fchmod, "fchmod", FD},
    {SYS_copy_file_range, "copy_file_range", COPY},
    {SYS_sendfile, "sendfile", FD},
};
#define COUNT (sizeof CALLS / sizeof CALLS[0])

static const char *roots[16];
static int root_count;
static long chosen, seen;
static int error_number, persistent;
static FILE *log_file;

static int inside(const char *path) {
    for (int at = 0; at < root_count; at++) {
        size_t length = strlen(roots[at]);
        if (!strncmp(path, roots[at], length) && (path[length] == '/' || !path[length]))
            return 1;
    }
    return 0;
}

static void link_of(pid_t pid, const char *what, char *into) {
    char place[64];
    snprintf(place, sizeof place, "/proc/%d/%s", pid, what);
    ssize_t length = readlink(place, into, PATH_MAX - 1);
    into[length < 0 ? 0 : length] = 0;
}

static void of_descriptor(pid_t pid, int descriptor, char *into) {
    char what[32];
    if (descriptor == AT_FDCWD)
        strcpy(what, "cwd");
    else
        snprintf(what, sizeof what, "fd/%d", descriptor);
    link_of(pid, what, into);
}

/* The path argument as an absolute path; "." and ".." stay in it, which is enough to see under which root it is. */
static void of_path(pid_t pid, int directory, unsigned long address, char *into) {
    char text[PATH_MAX] = "";
    struct iovec here = {text, sizeof text - 1}, there = {(void *)address, sizeof text - 1};
    for (size_t wanted = sizeof text - 1; wanted > 16; wanted /= 2) {
        here.iov_len = there.iov_len = wanted;
        ssize_t got = process_vm_readv(pid, &here, 1, &there, 1, 0);
        if (got > 0) {
            text[got] = 0;
            break;
        }
    }
    if (text[0] == '/') {
        snprintf(into, PATH_MAX, "%s", text);
        return;
    }
    char base[PATH_MAX];
    of_descriptor(pid, directory, base);
    snprintf(into, PATH_MAX, "%.2000s/%.2000s", base, text);
}

struct arguments {
    long number;
    unsigned long value[6];
};

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
static struct arguments arguments_of(pid_t pid) {
    struct user_regs_struct regs;
    ptrace(PTRACE_GETREGS, pid, 0, &regs);
    struct arguments found = {regs.orig_rax, {regs.rdi, regs.rsi, regs.rdx, regs.r10, regs.r8, regs.r9}};
    return found;
}
static void fail_with(pid_t pid, int number) {
    struct user_regs_struct regs;
    ptrace(PTRACE_GETREGS, pid, 0, &regs);
    regs.orig_rax = (unsigned long)-1;
    regs.rax = (unsigned long)-number;
    ptrace(PTRACE_SETREGS, pid, 0, &regs);
}
#elif defined(__aarch64__)
#include <elf.h>
#define ARCHITECTURE AUDIT_ARCH_AARCH64
static struct arguments arguments_of(pid_t pid) {
    struct user_regs_struct regs;
    struct iovec view = {&regs, sizeof regs};
    ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &view);
    struct arguments found = {regs.regs[8],
                              {regs.regs[0], regs.regs[1], regs.regs[2], regs.regs[3], regs.regs[4], regs.regs[5]}};
    return found;
}
static void fail_with(pid_t pid, int number) {
    struct user_regs_struct regs;
    struct iovec view = {&regs, sizeof regs};
    int none = -1;
    struct iovec call = {&none, sizeof none};
    ptrace(PTRACE_SETREGSET, pid, NT_ARM_SYSTEM_CALL, &call);
    ptrace(PTRACE_GETREGSET, pid, NT_PRSTATUS, &view);
    regs.regs[0] = (unsigned long)-number;
    ptrace(PTRACE_SETREGSET, pid, NT_PRSTATUS, &view);
}
#else
#error "this processor is not known here"
#endif

/* Whether the call changes something under a root; its path is left in `path`. */
static int counts(pid_t pid, const struct call *call, const struct arguments *with, char *path) {
    char other[PATH_MAX];
    switch (call->kind) {
    case OPEN:
    case OPENAT: {
        unsigned long flags = with->value[call->kind == OPEN ? 1 : 2];
        if (!(flags & (O_CREAT | O_TRUNC)))
            return 0;
        if (call->kind == OPEN)
            of_path(pid, AT_FDCWD, with->value[0], path);
        else
            of_path(pid, (int)with->value[0], with->value[1], path);
        return inside(path);
    }
    case PATH:
        of_path(pid, AT_FDCWD, with->value[0], path);
        return inside(path);
    case AT:
        if (!with->value[1])
            of_descriptor(pid, (int)with->value[0], path);
        else
            of_path(pid, (int)with->value[0], with->value[1], path);
        return inside(path);
    case PATH2:
        of_path(pid, AT_FDCWD, with->value[1], path);
        of_path(pid, AT_FDCWD, with->value[0], other);
        return inside(path) || inside(other);
    case AT2:
        if (call->number == SYS_symlinkat)
            of_path(pid, (int)with->value[1], with->value[2], path);
        else
            of_path(pid, (int)with->value[2], with->value[3], path);
        return inside(path);
    case COPY:
        of_descriptor(pid, (int)with->value[2], path);
        return inside(path);
    default:
        of_descriptor(pid, (int)with->value[0], path);
        return inside(path);
    }
}

/* Whether the call cannot change anything: it removes what is not there, or creates in a folder that is not. */
static int in_vain(const struct call *call, const char *path) {
    char folder[PATH_MAX];
    struct stat found;
    if (!strncmp(call->name, "unlink", 6) || !strcmp(call->name, "rmdir"))
        return lstat(path, &found) != 0;
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (call->kind > OPENAT || call->kind == FD || !slash || slash == folder) /* a rename, a copy, an open file */
        return 0;
    *slash = 0;
    return stat(folder, &found) != 0;
}

static pid_t alive[4096];
static int alive_count;

static void born(pid_t pid) {
    for (int at = 0; at < alive_count; at++)
        if (alive[at] == pid)
            return;
    if (alive_count < 4096)
        alive[alive_count++] = pid;
}

static void gone(pid_t pid) {
    for (int at = 0; at < alive_count; at++)
        if (alive[at] == pid)
            alive[at] = alive[--alive_count];
}

static void end_all(void) {
    for (int at = 0; at < alive_count; at++)
        kill(alive[at], SIGKILL);
    while (waitpid(-1, NULL, __WALL) > 0 || errno == EINTR)
        ;
    if (log_file) {
        fprintf(log_file, "killed\n");
        fclose(log_file);
    }
    exit(137);
}

/* A full disk still lets go of files. */
static int frees(const struct call *call) {
    return !strncmp(call->name, "unlink", 6) || !strcmp(call->name, "rmdir") || strstr(call->name, "chmod") ||
           !strcmp(call->name, "utimensat");
}

static void at_call(pid_t pid) {
    struct arguments with = arguments_of(pid);
    const struct call *call = NULL;
    for (size_t at = 0; at < COUNT; at++)
        if (CALLS[at].number == with.number)
            call = &CALLS[at];
    char path[PATH_MAX] = "";
    if (!call || !counts(pid, call, &with, path))
        return;
    seen++;
    if (log_file)
        fprintf(log_file, "%ld %s %s%s\n", seen, call->name, path, in_vain(call, path) ? " in vain" : "");
    if (!chosen || seen < chosen || (seen > chosen && !persistent))
        return;
    if (error_number == ENOSPC && frees(call))
        return;
    if (!error_number)
        end_all();
    fail_with(pid, error_number);
}

static void filter_calls(void) {
    struct sock_filter program[2 * COUNT + 8];
    int at = 0;
    program[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t call = 0; call < COUNT; call++) {
        program[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)CALLS[call].number, 0, 1);
        program[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
    }
    program[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog all = {(unsigned short)at, program};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &all)) {
        perror("seccomp");
        _exit(125);
    }
}

static int number_of(const char *name) {
    return !strcmp(name, "ENOSPC") ? ENOSPC : !strcmp(name, "EIO") ? EIO : !strcmp(name, "EROFS") ? EROFS : 0;
}

int main(int argc, char **argv) {
    int at = 1;
    for (; at < argc && strcmp(argv[at], "--"); at++) {
        if (!strcmp(argv[at], "--at"))
            chosen = atol(argv[++at]);
        else if (!strcmp(argv[at], "--do"))
            error_number = number_of(argv[++at]);
        else if (!strcmp(argv[at], "--persistent"))
            persistent = 1;
        else if (!strcmp(argv[at], "--log"))
            log_file = fopen(argv[++at], "w");
        else if (!strcmp(argv[at], "--root") && root_count < 16)
            roots[root_count++] = argv[++at];
        else
            return fprintf(stderr, "tracer: what is %s?\n", argv[at]), 125;
    }
    if (at + 1 >= argc)
        return fprintf(stderr, "tracer: no command\n"), 125;
    pid_t first = fork();
    if (!first) {
        ptrace(PTRACE_TRACEME, 0, 0, 0);
        raise(SIGSTOP);
        filter_calls();
        execvp(argv[at + 1], argv + at + 1);
        perror(argv[at + 1]);
        _exit(127);
    }
    born(first);
    waitpid(first, NULL, 0);
    ptrace(PTRACE_SETOPTIONS, first, 0,
           PTRACE_O_EXITKILL | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE);
    ptrace(PTRACE_CONT, first, 0, 0);
    int answer = 0, status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, __WALL)) > 0 || errno == EINTR) {
        if (pid <= 0)
            continue;
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            gone(pid);
            if (pid == first)
                answer = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            continue;
        }
        int signal = WSTOPSIG(status);
        int event = status >> 16;
        born(pid);
        if (event == PTRACE_EVENT_SECCOMP) {
            at_call(pid);
            signal = 0;
        } else if (event || signal == SIGTRAP || signal == SIGSTOP)
            signal = 0;
        ptrace(PTRACE_CONT, pid, 0, signal);
    }
    if (log_file) {
        fprintf(log_file, "%ld calls\n", seen);
        fclose(log_file);
    }
    return answer;
}
