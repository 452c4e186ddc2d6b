package rejoin

// LocalText is a text that users read, in several languages.
type LocalText struct {
	Text string            `json:"text"`         // where there is no translation
	In   map[string]string `json:"in,omitempty"` // by code of [Languages]
}

// Of returns the text in the language, a BCP 47 tag or a code of [Languages].
func (t LocalText) Of(language string) string {
	if language != "" && len(t.In) > 0 {
		if s := t.In[MatchLanguage(language)]; s != "" {
			return s
		}
	}
	return t.Text
}
