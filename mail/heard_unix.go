//go:build unix

package mail

import (
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"
)

// heard returns an error if the server has said something or hung up. It does not wait and takes nothing off the connection.
func heard(conn net.Conn) error {
	sc, ok := conn.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return fmt.Errorf("look at the connection: %w", err)
	}
	var found error
	err = raw.Read(func(fd uintptr) bool {
		var b [1]byte
		n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK) // the descriptor is non-blocking
		switch {
		case errors.Is(err, syscall.EAGAIN), errors.Is(err, syscall.EINTR):
		case err != nil:
			found = err
		case n == 0:
			found = io.EOF
		default:
			found = errors.New("the server spoke before its turn")
		}
		return true
	})
	return errors.Join(found, err)
}
