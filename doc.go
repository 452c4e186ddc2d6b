// Package rejoin is the glossary: every word of the product is defined here once, with its rules.
//
// A company (a [Domain]) runs one or more [App]s. Each app is reached through [Platform]s; the web platform is the chat
// widget on the company's pages. A [User] is the person who writes, an [Agent] the person who answers. Their conversation is
// an [Issue], a row of [Message]s numbered by seq. When messages of the company's side stay unread, a [FollowUp] brings the
// user back: an e-mail with a [ReturnLink]. What happens to an issue besides messages is an [Event] of its timeline.
//
// The package holds types and pure rules only and imports nothing but the standard library. All times are Unix
// milliseconds ([Millis]); zero means "never" or "not yet".
package rejoin
