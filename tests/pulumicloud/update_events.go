package pulumicloud

import (
	"encoding/json"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

// eventBatch stores events as they were sent, so that clients get all of their fields back.
type eventBatch struct {
	Events []json.RawMessage `json:"events"`
}

func (s *Server) postEvents(c *call) (any, error) {
	u, err := s.leasedUpdate(c)
	if err != nil {
		return nil, err
	}
	var batch eventBatch
	if err := c.decode(&batch); err != nil {
		return nil, err
	}
	for _, event := range batch.Events {
		u.record(event)
	}
	return noContent()
}

func (s *Server) postEvent(c *call) (any, error) {
	u, err := s.leasedUpdate(c)
	if err != nil {
		return nil, err
	}
	u.record(c.body)
	return noContent()
}

func (u *update) record(event json.RawMessage) {
	u.events = append(u.events, event)
	var parsed struct {
		SummaryEvent *apitype.SummaryEvent `json:"summaryEvent"`
	}
	if json.Unmarshal(event, &parsed) == nil && parsed.SummaryEvent != nil {
		u.changes = parsed.SummaryEvent.ResourceChanges
	}
}

// getEvents returns a page of events. The continuation token is missing once the update has finished and everything was
// sent.
func (s *Server) getEvents(c *call) (any, error) {
	u, err := s.updateOf(c)
	if err != nil {
		return nil, err
	}
	from, _ := strconv.Atoi(c.r.URL.Query().Get("continuationToken"))
	from = min(max(from, 0), len(u.events))
	answer := object{"events": u.events[from:], "continuationToken": nil}
	if len(u.events[from:]) == 0 {
		answer["events"] = []json.RawMessage{}
	}
	if !u.done() {
		answer["continuationToken"] = strconv.Itoa(len(u.events))
	}
	return answer, nil
}
