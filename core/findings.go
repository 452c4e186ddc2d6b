package core

import "rejoin/identity"

// findingTexts says to administrators what a finding means and what to do.
var findingTexts = map[identity.Finding]string{
	identity.FindingValid:       "This token is good. It is signed with the newest secret.",
	identity.FindingValidOld:    "This token is good, but signed with the older secret. Give your server the newer one before you delete the old one.",
	identity.FindingNoSecret:    "This app has no secret yet. Make one, give it to your server, and test again.",
	identity.FindingNobody:      "There is neither a user id nor an e-mail address to sign. Visitors who are not signed in need no token.",
	identity.FindingMissing:     "There is no token. Paste what your server sends as userAuthToken.",
	identity.FindingSpaces:      "The token is right, but there are spaces or line breaks around it. Remove them where your server prints it.",
	identity.FindingIsJWT:       "This is a login token (JWT). It goes to the command login, not into userAuthToken.",
	identity.FindingHex:         "The signature is right, but written in hexadecimal. Encode the raw 32 bytes in base64 instead.",
	identity.FindingURLAlphabet: "The signature is right, but in the URL alphabet. Use standard base64, with + and / instead of - and _.",
	identity.FindingNotBase64:   "This is not base64. Encode the raw 32 bytes of the signature in standard base64, with or without = at the end.",
	identity.FindingWrongLength: "This is base64, but not of 32 bytes. It may be cut off, or made with another algorithm than HMAC-SHA256.",
	identity.FindingOnlyUserID:  "Your server signs the user id alone, but the page also sends an e-mail address. Sign both, the id first, with nothing between them.",
	identity.FindingOnlyEmail:   "Your server signs the e-mail address alone, but the page also sends a user id. Sign both, the id first, with nothing between them.",
	identity.FindingWithEmail:   "Your server signs the e-mail address too, but under full privacy only the user id counts. Sign the user id alone.",
	identity.FindingSwapped:     "Your server signs the e-mail address first. Put the user id first, with nothing between them.",
	identity.FindingLowerCase:   "Your server signs the address in lower case, but the page sends it in another case. Send what you sign.",
	identity.FindingHexKey:      "Your server decodes the secret from hexadecimal before it signs. Use its 64 characters as they are.",
	identity.FindingWrong:       "The signature does not fit. Check that your server uses a secret of this app, HMAC-SHA256, and exactly the id and the address that the page sends.",
}

// jwtTexts says the same of login tokens that are signed well but name nobody, or somebody else.
var jwtTexts = map[string]string{
	"USERID_AND_EMAIL_MISSING":    "The token is signed well, but names neither a uid nor an email. Add one of them to its identities.",
	"CONFIG_JWT_USER_ID_MISMATCH": "The token is signed well, but its uid is not the user id that the page gives. Make both the same.",
	"CONFIG_JWT_EMAIL_MISMATCH":   "The token is signed well, but its email is not the address that the page gives. Make both the same.",
}
