package aws

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/escsync/pulumi-escsync/tests/plugins/internal/standin/standintest"
)

var motoAddress = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

// startMoto runs the AWS emulator like the harness, and returns a stand-in that uses it. ESCSYNC_MOTO names
// moto_server; otherwise it is in the tool cache.
func startMoto(t *testing.T) *standintest.Driver {
	t.Helper()
	path := os.Getenv("ESCSYNC_MOTO")
	if path == "" {
		home, err := os.UserHomeDir()
		require.NoError(t, err)
		path = filepath.Join(home, ".cache", "escsync", "bin", "moto-5.2.1", "bin", "moto_server")
	}
	require.FileExists(t, path, "run `make tools` to install the AWS emulator")
	program, err := os.ReadFile(filepath.Join("..", "..", "harness", "moto_server.py"))
	require.NoError(t, err)
	server := exec.Command(filepath.Join(filepath.Dir(path), "python3"), "-c", string(program))
	_, err = server.StdinPipe() // the server ends with it
	require.NoError(t, err)
	output, err := server.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, server.Start())
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	address := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(output)
		for lines.Scan() {
			if found := motoAddress.FindString(lines.Text()); found != "" {
				address <- found
			}
		}
	}()
	select {
	case url := <-address:
		return standintest.New(t, Plugin(), standintest.Props{
			"region": "us-west-2", "accessKey": "key", "secretKey": "secret",
			"endpoints": []standintest.Props{{"secretsmanager": url, "ssm": url, "resourcegroupstaggingapi": url, "sts": url}},
		})
	case <-time.After(time.Minute):
		t.Fatal("the AWS emulator did not start within a minute")
		return nil
	}
}
