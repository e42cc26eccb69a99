// Command httpexample receives messages by HTTPS with client certificates, on
// the loopback interface, for .ci/curl.sh. Messages whose description begins
// with "busy", "broken" or "forbidden" are answered accordingly.
//
//	httpexample DIR
//
// It writes certificates for a client to DIR, and prints its URL.
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/secmodel/secmodel"
	"github.com/secmodel/secmodel/idmefv2"
	"github.com/secmodel/secmodel/serialize"
	"github.com/secmodel/secmodel/serialize/internal/mutualtls"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: httpexample DIR")
	}
	certificates, err := mutualtls.New()
	if err != nil {
		log.Fatal(err)
	}
	if err := certificates.Write(os.Args[1]); err != nil {
		log.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("https://%s/\n", listener.Addr())
	mux := http.NewServeMux()
	mux.Handle("/{$}", &serialize.Receiver{Receive: receive, MaxBody: 64 << 10})
	server := &http.Server{
		Handler:           mux,
		TLSConfig:         certificates.ServerConfig(),
		ReadHeaderTimeout: time.Second,
		ReadTimeout:       2 * time.Second, // a slower body is answered with 408
	}
	log.Fatal(server.ServeTLS(listener, "", ""))
}

// receive stands for what stores the message.
func receive(_ context.Context, m secmodel.Message) error {
	alert, ok := m.(*idmefv2.Message)
	if !ok {
		return nil
	}
	description, _, _ := strings.Cut(secmodel.Or(alert.Description, ""), " ")
	switch description {
	case "busy":
		return &serialize.TemporaryError{Err: errors.New("the queue is full"), RetryAfter: 7 * time.Second}
	case "broken":
		return errors.New("the disk is broken")
	case "forbidden":
		return &serialize.RejectError{Err: errors.New("this analyzer may not send that")}
	}
	return nil
}
