/*
 * The floor under every server: one thread, one epoll set, one read() and one write() for each request.
 *
 *   floor http PORT    answers each read with the whole answer, and does not look at what it read
 *   floor echo PORT    sends back what it reads
 *
 * What it leaves out is what a real server is paid for: parsing, routing, pipelining, partial requests, limits and
 * timeouts. So nobody should expect to reach it; the distance to it is what a server's own code costs, and the rest
 * is the kernel's. It does keep the Date header current, for a server that does not is none.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BACKLOG = 1024, MOST_EVENTS = 256, READ_SIZE = 256 * 1024 };

/* What is left of an echo when the socket took only a part. While there is something, nothing more is read. */
struct connection {
    int fd;
    size_t pending_at, pending_end;
    char *pending;
};

static int epoll;
static char input[READ_SIZE];

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void watch(struct connection *connection, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(epoll, operation, connection->fd, &event) != 0) fail("epoll_ctl");
}

static void drop(struct connection *connection) {
    close(connection->fd);
    free(connection->pending);
    free(connection);
}

static void accept_all(int listener) {
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0) {
            if (errno == EAGAIN || errno == ECONNABORTED) return;
            fail("accept4");
        }
        int on = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        struct connection *connection = calloc(1, sizeof *connection);
        if (connection == NULL) fail("calloc");
        connection->fd = fd;
        watch(connection, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static const char *answer(size_t *length) {
    static char text[256];
    static size_t text_length;
    static time_t made_at;
    time_t now = time(NULL); /* no system call: the kernel shares its clock */
    if (now != made_at) {
        char date[64];
        struct tm utc;
        gmtime_r(&now, &utc);
        strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc);
        text_length = (size_t)snprintf(text, sizeof text,
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 13\r\nDate: %s\r\nServer: floor\r\n\r\n"
                "Hello, World!", date);
        made_at = now;
    }
    *length = text_length;
    return text;
}

static void serve_http(struct connection *connection) {
    size_t length;
    const char *text = answer(&length);
    ssize_t got = read(connection->fd, input, sizeof input);
    if (got < 0 && errno == EAGAIN) return;
    /* An answer is far smaller than any send buffer: a part of it means that the client does not read. */
    if (got <= 0 || write(connection->fd, text, length) != (ssize_t)length) drop(connection);
}

static void keep(struct connection *connection, const char *rest, size_t length) {
    if (connection->pending == NULL && (connection->pending = malloc(READ_SIZE)) == NULL) fail("malloc");
    memcpy(connection->pending, rest, length);
    connection->pending_at = 0;
    connection->pending_end = length;
    watch(connection, EPOLL_CTL_MOD, EPOLLOUT);
}

static void serve_echo(struct connection *connection) {
    if (connection->pending_at < connection->pending_end) {
        ssize_t put = write(connection->fd, connection->pending + connection->pending_at,
                connection->pending_end - connection->pending_at);
        if (put < 0 && errno != EAGAIN) {
            drop(connection);
        } else if (put > 0 && (connection->pending_at += (size_t)put) == connection->pending_end) {
            watch(connection, EPOLL_CTL_MOD, EPOLLIN);
        }
        return;
    }
    ssize_t got = read(connection->fd, input, sizeof input);
    if (got < 0 && errno == EAGAIN) return;
    ssize_t put = got > 0 ? write(connection->fd, input, (size_t)got) : -1;
    if (put < 0 && got > 0 && errno == EAGAIN) put = 0;
    if (put < 0) {
        drop(connection);
    } else if (put < got) {
        keep(connection, input + put, (size_t)(got - put));
    }
}

static int listen_on(int port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    if (listener < 0) fail("socket");
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {
            .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0) fail("bind");
    if (listen(listener, BACKLOG) != 0) fail("listen");
    return listener;
}

int main(int count, char **words) {
    int port = count == 3 ? atoi(words[2]) : 0;
    void (*serve)(struct connection *) = count != 3                ? NULL
            : strcmp(words[1], "http") == 0 ? serve_http
            : strcmp(words[1], "echo") == 0 ? serve_echo
                                            : NULL;
    if (serve == NULL || port <= 0 || port > 65535) {
        fprintf(stderr, "usage: floor http|echo PORT\n");
        return 2;
    }
    struct connection listener = {.fd = listen_on(port)};
    if ((epoll = epoll_create1(EPOLL_CLOEXEC)) < 0) fail("epoll_create1");
    watch(&listener, EPOLL_CTL_ADD, EPOLLIN);
    printf("listening on 127.0.0.1:%d\n", port);
    fflush(stdout);

    struct epoll_event events[MOST_EVENTS];
    for (;;) {
        int ready = epoll_wait(epoll, events, MOST_EVENTS, -1);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            if (connection == &listener) {
                accept_all(listener.fd);
            } else {
                serve(connection);
            }
        }
    }
}
