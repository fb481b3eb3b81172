package main

import (
	_ "embed"
	"fmt"
	"net"
	"net/http"
	"time"
)

//go:embed assets/logo.png
var logo []byte

// serveLogo serves the package's logo on the loopback address. The .NET generator fetches the logo by HTTP, or Pulumi's
// own if the schema has none, but generating must work without a network.
func serveLogo() (url string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("serving the logo to the .NET generator: %w", err)
	}
	server := &http.Server{
		ReadHeaderTimeout: 10 * time.Second,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write(logo)
		}),
	}
	go func() { _ = server.Serve(listener) }()
	return "http://" + listener.Addr().String() + "/logo.png", func() { _ = server.Close() }, nil
}
