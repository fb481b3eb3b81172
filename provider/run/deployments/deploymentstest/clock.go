package deploymentstest

import (
	"context"
	"sync"
	"time"
)

// Clock passes only by being slept on, at once.
type Clock struct {
	mu     sync.Mutex
	now    time.Time
	start  time.Time
	sleeps int
	hooks  map[int]func()
}

// NewClock returns a clock at the start of 2030.
func NewClock() *Clock {
	start := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	return &Clock{now: start, start: start, hooks: map[int]func(){}}
}

// Now is the clock's time.
func (c *Clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

// Sleep moves the clock forward.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.now = c.now.Add(d)
	c.sleeps++
	hook := c.hooks[c.sleeps]
	c.mu.Unlock()
	if hook != nil {
		hook()
	}
	return context.Cause(ctx)
}

// AtSleep calls a function during the nth sleep, from 1.
func (c *Clock) AtSleep(n int, hook func()) { c.mu.Lock(); c.hooks[n] = hook; c.mu.Unlock() }

// Slept is how long was slept in all.
func (c *Clock) Slept() time.Duration { return c.Now().Sub(c.start) }
