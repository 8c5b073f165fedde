package dev.heddle.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Addresses as people write them.
final class Addresses {
    private Addresses() {}

    /// Such as `127.0.0.1:80` and `[::1]:80`: without name and slash.
    static String text(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            InetAddress ip = inet.getAddress();
            if (ip == null) {
                return text(inet.getHostString(), inet.getPort());
            }
            return ip instanceof Inet6Address
                    ? "[" + ip.getHostAddress() + "]:" + inet.getPort()
                    : ip.getHostAddress() + ":" + inet.getPort();
        }
        return String.valueOf(address);
    }

    static String text(String host, int port) {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
