package core

// HoldDrawing takes the users' place to draw a preview, until the returned function gives it back.
func (s *Attachments) HoldDrawing() (release func()) {
	s.users <- struct{}{}
	return func() { <-s.users }
}
