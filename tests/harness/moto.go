package harness

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

//go:embed moto_server.py
var motoServer string

// motoStartup is the maximum time for moto to start. It takes a second on an idle machine.
const motoStartup = time.Minute

// theMoto is the only AWS emulator of this process. It starts on first use, because each start costs a second of CPU
// time, and ends with the process. Each harness has its own AWS account.
var theMoto struct {
	once     sync.Once
	running  *moto
	err      error
	accounts atomic.Int64
}

// newAccount returns a configuration, without a region, for an unused AWS account.
func newAccount(ctx context.Context, server string) (aws.Config, error) {
	theMoto.once.Do(func() { theMoto.running, theMoto.err = startMoto(server) })
	if theMoto.err != nil {
		return aws.Config{}, theMoto.err
	}
	config := aws.Config{
		BaseEndpoint: &theMoto.running.endpoint,
		Credentials:  credentials.NewStaticCredentialsProvider("emulator", "emulator", ""), // accepts any
	}
	return InAccount(ctx, config, fmt.Sprintf("2%011d", theMoto.accounts.Add(1)))
}

// InAccount returns the configuration with credentials for another account of the emulator. An account has 12 digits.
func InAccount(ctx context.Context, config aws.Config, account string) (aws.Config, error) {
	login := config.Copy()
	login.Region = "us-east-1"
	assumed, err := sts.NewFromConfig(login).AssumeRole(ctx, &sts.AssumeRoleInput{
		RoleArn: aws.String("arn:aws:iam::" + account + ":role/tests"), RoleSessionName: aws.String("tests"),
	})
	if err != nil {
		return aws.Config{}, fmt.Errorf("logging in to the AWS account %s of the emulator: %w", account, err)
	}
	key := assumed.Credentials
	config.Credentials = credentials.NewStaticCredentialsProvider(
		aws.ToString(key.AccessKeyId), aws.ToString(key.SecretAccessKey), aws.ToString(key.SessionToken))
	return config, nil
}

// moto is a running AWS emulator.
type moto struct {
	endpoint string
	process  *exec.Cmd
	stdin    io.Closer
	stderr   *bytes.Buffer
}

// startMoto starts moto on a free port of 127.0.0.1. moto ends when its standard input closes, so it cannot outlive
// this process.
func startMoto(server string) (*moto, error) {
	python := filepath.Join(filepath.Dir(server), "python3")
	m := &moto{stderr: &bytes.Buffer{}}
	m.process = exec.Command(python, "-c", motoServer)
	m.process.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.DevNull, "TMPDIR=" + os.TempDir(), "LANG=C.UTF-8"}
	m.process.Stderr = m.stderr
	// A terminal's signal must only reach this process, which then stops its children in the right order.
	inOwnGroup(m.process)
	stdin, err := m.process.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("starting moto: %w", err)
	}
	m.stdin = stdin
	stdout, err := m.process.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("starting moto: %w", err)
	}
	if err := m.process.Start(); err != nil {
		return nil, fmt.Errorf("starting moto (run `make tools` to install it): %w", err)
	}
	address := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(stdout).ReadString('\n')
		address <- strings.TrimSpace(line)
	}()
	select {
	case m.endpoint = <-address:
		if m.endpoint == "" {
			m.stop()
			return nil, fmt.Errorf("starting moto: it ended at once: %s", lastLine(m.stderr.String()))
		}
		return m, nil
	case <-time.After(motoStartup):
		m.stop()
		return nil, fmt.Errorf("starting moto: it was not ready within %s", motoStartup)
	}
}

// stop ends moto and waits for its end.
func (m *moto) stop() {
	_ = m.stdin.Close()
	ended := make(chan struct{})
	go func() { _ = m.process.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		_ = killGroup(m.process)
		<-ended
	}
}

func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}
