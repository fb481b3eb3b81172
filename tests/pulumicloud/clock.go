package pulumicloud

import "time"

// Now returns the time of the cloud's clock. It moves only with AdvanceClock, so a slow test never fires a schedule.
// Everything between two calls of AdvanceClock happens at the same time.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cloud.now
}

// AdvanceClock moves the clock forward and fires the schedules that become due, in order. It returns when their
// deployments are queued. To wait for those, call WaitForDeployments.
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

// timestamp is the format of most times in responses.
func timestamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
