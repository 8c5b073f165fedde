/*
 * Load for an echo server: CONNECTIONS connections, one message of SIZE bytes in flight on each, for SECONDS.
 *
 *   echo-load PORT CONNECTIONS SIZE SECONDS [check]
 *
 * Prints one line: n= messages, rate= messages a second, p50_us= and p99_us= of the round trips. With `check` it also
 * compares what comes back with what was sent; that costs the load's core time, so it is for the warm-up. Fails when a
 * connection is lost or an answer differs.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST_EVENTS = 256, BUCKETS = 1 << 20, TIMEOUT_MILLIS = 1000 };

struct connection {
    int fd;
    size_t sent, received;
    double since;
    int waits_to_send;
};

static int epoll;
static size_t size;
static char *message, *input;
static int check;

/* Round trips by whole microseconds; the last bucket takes all above a second. */
static unsigned trips[BUCKETS];
static unsigned long finished;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void watch(struct connection *connection, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = connection};
    if (epoll_ctl(epoll, operation, connection->fd, &event) != 0) fail("epoll_ctl");
}

/* Sends what is left of the message. Reading goes on meanwhile, so that a server that streams is not blocked. */
static void send_rest(struct connection *connection) {
    while (connection->sent < size) {
        ssize_t put = write(connection->fd, message + connection->sent, size - connection->sent);
        if (put < 0 && errno != EAGAIN) fail("write");
        if (put < 0) break;
        connection->sent += (size_t)put;
    }
    int waits = connection->sent < size;
    if (waits != connection->waits_to_send) {
        connection->waits_to_send = waits;
        watch(connection, EPOLL_CTL_MOD, EPOLLIN | (waits ? (uint32_t)EPOLLOUT : 0));
    }
}

static void begin(struct connection *connection) {
    connection->sent = connection->received = 0;
    connection->since = now();
    send_rest(connection);
}

static void receive(struct connection *connection) {
    ssize_t got = read(connection->fd, input, size - connection->received);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        fprintf(stderr, "echo-load: the server closed a connection\n");
        exit(1);
    }
    if (check && memcmp(input, message + connection->received, (size_t)got) != 0) {
        fprintf(stderr, "echo-load: the server sent back something else\n");
        exit(1);
    }
    connection->received += (size_t)got;
    if (connection->received == size) {
        double micros = (now() - connection->since) * 1e6;
        trips[micros < BUCKETS - 1 ? (int)micros : BUCKETS - 1]++;
        finished++;
        begin(connection);
    }
}

static int percentile(double share) {
    unsigned long seen = 0, wanted = (unsigned long)((double)finished * share);
    int micros = 0;
    while (micros < BUCKETS - 1 && (seen += trips[micros]) <= wanted) micros++;
    return micros;
}

static int connect_to(int port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    if (fd < 0) fail("socket");
    struct sockaddr_in address = {
            .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    /* Writes must not block: a server that waits for us to read would never go on. */
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0) fail("fcntl");
    return fd;
}

int main(int count, char **words) {
    int port = count > 4 ? atoi(words[1]) : 0, connections = count > 4 ? atoi(words[2]) : 0;
    size = count > 4 ? (size_t)atol(words[3]) : 0;
    double seconds = count > 4 ? atof(words[4]) : 0;
    check = count > 5 && strcmp(words[5], "check") == 0;
    if (port <= 0 || connections <= 0 || size == 0 || seconds <= 0) {
        fprintf(stderr, "usage: echo-load PORT CONNECTIONS SIZE SECONDS [check]\n");
        return 2;
    }
    message = malloc(size);
    input = malloc(size);
    struct connection *all = calloc((size_t)connections, sizeof *all);
    if (message == NULL || input == NULL || all == NULL) fail("malloc");
    for (size_t i = 0; i < size; i++) message[i] = (char)(i * 2654435761u >> 16);

    if ((epoll = epoll_create1(EPOLL_CLOEXEC)) < 0) fail("epoll_create1");
    for (int i = 0; i < connections; i++) {
        all[i].fd = connect_to(port);
        watch(&all[i], EPOLL_CTL_ADD, EPOLLIN);
    }
    for (int i = 0; i < connections; i++) begin(&all[i]);

    double start = now(), time = start;
    struct epoll_event events[MOST_EVENTS];
    while (time - start < seconds) {
        int ready = epoll_wait(epoll, events, MOST_EVENTS, TIMEOUT_MILLIS);
        if (ready < 0 && errno != EINTR) fail("epoll_wait");
        for (int i = 0; i < ready; i++) {
            struct connection *connection = events[i].data.ptr;
            if (events[i].events & EPOLLOUT) send_rest(connection);
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(connection);
        }
        time = now();
    }
    if (finished == 0) {
        fprintf(stderr, "echo-load: no message came back within %.0f s\n", seconds);
        return 1;
    }
    printf("n=%lu rate=%.0f p50_us=%d p99_us=%d\n", finished, (double)finished / (time - start), percentile(0.50),
            percentile(0.99));
    return 0;
}
