package pulumicloud

import "time"

// Now is the time of the cloud's clock. It stands still but for AdvanceClock, so that a schedule never fires
// because a test was slow; what happens between two calls of AdvanceClock bears one time.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cloud.now
}

// AdvanceClock moves the clock forward, firing the schedules that come due in the order of their times. It returns
// when their deployments are queued; WaitForDeployments waits for them.
func (s *Server) AdvanceClock(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	end := s.cloud.now.Add(d)
	for {
		due := s.cloud.nextSchedule(end)
		if due == nil {
			break
		}
		s.cloud.now = due.next
		s.fire(due)
	}
	if end.After(s.cloud.now) {
		s.cloud.now = end
	}
}

// timestamp is the form of time in most answers.
func timestamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
