// Package mail writes the e-mails of the product and hands them to a mail server.
//
// [FollowUp] is pure: the same data gives the same bytes, boundary and Message-ID included. A message is text and HTML, holds
// no images, and quotes only what the company's side wrote: a visitor's words, name included, never enter an e-mail, because
// the address was typed by somebody nobody verified.
//
// [Sender.Deliver] holds one SMTP conversation. It gives the caller the moment immediately before the final dot, which is the
// last one at which the e-mail can still be stopped, and tells apart the five ways it can end (see [Outcome]).
//
// The subpackage mailbox is the other side: a mail server on this machine that shows what arrived.
package mail
