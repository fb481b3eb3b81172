package destinations

import "testing"

func TestEveryScopeAndMapping(t *testing.T) {
	t.Parallel()
	Pushed(t, Listed(false))
}
