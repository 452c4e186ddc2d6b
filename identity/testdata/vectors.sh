#!/bin/sh
# Makes hmac.tsv, explain.tsv and jwt.tsv with openssl, so that the tests compare with an independent implementation:
#
#	sh vectors.sh
#
# Every signature is    printf %s "$message" | openssl dgst -sha256 -hmac "$secret" -binary | base64
# and those of JWTs     … | openssl base64 -A | tr +/ -_ | tr -d =
set -eu
cd "$(dirname "$0")"
secret=5f2a8c1be07d4493a6c58e21f90b37d4c1e65a8870f243bd9e1c06a7d84f3b52
other=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff

mac() { # algorithm secret message
	printf %s "$3" | openssl dgst "-$1" -hmac "$2" -binary
}

sign() { # secret userId email
	printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$(mac sha256 "$1" "$2$3" | base64)"
}

{
	sign "$secret" yourUserId yourUserEmail@email.com
	sign "$secret" 17 ada@example.org
	sign "$secret" 17 ''
	sign "$secret" '' ada@example.org
	sign "$secret" 'Ada Lovelace 1815' ada@example.org
	sign "$secret" 17 Ada.Lovelace+Chat@Example.ORG
	sign "$secret" 'ユーザー🙂ß' 'jörg@müller.example'
	sign "$other" 17 ada@example.org
	sign 'a short secret: ünïcode' 17 ada@example.org
	sign "$secret$secret" 17 ada@example.org # longer than a block of SHA-256
	sign "$secret" "$(printf %0750d 7)" ada@example.org
} >hmac.tsv

explain() { # finding token
	printf '%s\t%s\n' "$1" "$2"
}

# What servers get wrong when the page sends the userId 17 and the email Ada@Example.org. The newest secret is $secret, the older one $other.
right=$(mac sha256 "$secret" 17Ada@Example.org | base64)
hex=$(mac sha256 "$secret" 17Ada@Example.org | od -An -tx1 | tr -d ' \n')
{
	explain valid "$right"
	explain valid "${right%=}"
	explain valid_old "$(mac sha256 "$other" 17Ada@Example.org | base64)"
	explain spaces " $right"
	explain spaces "$right "
	explain hex "$hex"
	explain hex "$(printf %s "$hex" | tr a-f A-F)"
	explain hex "$(printf %s "$hex" | openssl base64 -A)"
	explain url_alphabet "$(printf %s "$right" | tr +/ -_)"
	explain url_alphabet "$(printf %s "$right" | tr +/ -_ | tr -d =)"
	explain not_base64 "$right="
	explain not_base64 "\"$right\""
	explain not_base64 "${right%??}!="
	explain not_base64 "undefined?"
	explain wrong_length "$(printf %.40s "$right")"
	explain wrong_length "$(mac sha1 "$secret" 17Ada@Example.org | base64)"
	explain wrong_length "$(mac sha512 "$secret" 17Ada@Example.org | openssl base64 -A)"
	explain only_user_id "$(mac sha256 "$secret" 17 | base64)"
	explain only_email "$(mac sha256 "$secret" Ada@Example.org | base64)"
	explain swapped "$(mac sha256 "$secret" Ada@Example.org17 | base64)"
	explain lower_case "$(mac sha256 "$secret" 17ada@example.org | base64)"
	explain lower_case "$(mac sha256 "$other" 17ada@example.org | base64)"
	explain hex_key "$(printf %s 17Ada@Example.org | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$secret" -binary | base64)"
	explain is_jwt eyJhbGciOiJIUzI1NiJ9.e30.lnbq1MuZ0WHcBv0Ep7PwfX0G8hVpE2AqQ0Z8Jw4W3rU
	explain wrong "$(mac sha256 'another secret' 17Ada@Example.org | base64)"
	explain wrong "$(mac sha256 "$secret" 18Ada@Example.org | base64)"
	explain wrong "$(mac sha256 "$secret" 17:Ada@Example.org | base64)"
	explain wrong "$(mac sha256 "$secret" '' | base64)"
	explain wrong "$(printf %s 17Ada@Example.org | openssl dgst -sha256 -binary | base64)"
	explain wrong 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
	explain missing ''
	explain missing ' '
} >explain.tsv

url() { openssl base64 -A | tr +/ -_ | tr -d =; }

jwt() { # expected header payload signer…
	expected=$1 text=$(printf %s "$2" | url).$(printf %s "$3" | url)
	shift 3
	printf '%s\t%s.%s\n' "$expected" "$text" "$("$@" "$text" | url)"
}

none() { :; }
key=$(mktemp)
trap 'rm -f "$key"' EXIT
openssl genrsa -out "$key" 2048 2>/dev/null
rsa() { printf %s "$1" | openssl dgst -sha256 -sign "$key" -binary; }
public=$(openssl rsa -in "$key" -pubout 2>/dev/null)

hs256='{"alg":"HS256","typ":"JWT"}'
ids='"identities":[{"identifier":"uid","value":"17"},{"identifier":"email","value":"Ada@Example.ORG","metadata":{"source":"shop"}}]'
good="{$ids,\"iat\":1700000000}"
ok='uid=17 email=ada@example.org'
token=IDENTITIES_INVALID_TOKEN

# The tests read these at 1700000000 + 24 h, the last moment at which iat 1700000000 is young enough.
{
	jwt "$ok" "$hs256" "$good" mac sha256 "$secret"
	jwt "$ok" "$hs256" "$good" mac sha256 "$other"
	jwt "$ok" '{"typ":"JWT","kid":"1","alg":"HS256"}' "$good" mac sha256 "$secret"
	jwt "$ok" "$hs256" "{$ids,\"iat\":1700000000,\"exp\":1700086401,\"nbf\":1700086460,\"iss\":\"shop\"}" mac sha256 "$secret"
	jwt 'steam_id=ユーザー' "$hs256" '{"iat":1700000000,"identities":[{"identifier":"steam_id","value":"ユーザー"}]}' mac sha256 "$secret"
	jwt "$token" "$hs256" "$good" mac sha256 'another secret'
	jwt "$token" "$hs256" "$good" mac sha256 ''
	jwt "$token" "$hs256" "$good" mac sha384 "$secret"
	jwt "$token" "$hs256" "$good" none
	jwt "$token" "$hs256" "$good" rsa
	jwt "$token" "$hs256" "$good" mac sha256 "$public"
	jwt "$token" '{"alg":"none"}' "$good" none
	jwt "$token" '{"alg":"None"}' "$good" none
	jwt "$token" '{"alg":"none"}' "$good" mac sha256 "$secret"
	jwt "$token" '{"alg":""}' "$good" mac sha256 "$secret"
	jwt "$token" '{}' "$good" mac sha256 "$secret"
	jwt "$token" null "$good" mac sha256 "$secret"
	jwt "$token" '{"alg":["HS256"]}' "$good" mac sha256 "$secret"
	jwt "$token" '{"alg":"hs256"}' "$good" mac sha256 "$secret"
	jwt "$token" '{"alg":"HS384"}' "$good" mac sha384 "$secret"
	jwt "$token" '{"alg":"HS512"}' "$good" mac sha512 "$secret"
	jwt "$token" '{"alg":"RS256"}' "$good" rsa
	jwt "$token" '{"alg":"RS256"}' "$good" mac sha256 "$secret"
	jwt "$token" '{"alg":"dir","enc":"A256GCM"}' "$good" mac sha256 "$secret"
	jwt "$token" '{"alg":"HS256","crit":["b64"],"b64":false}' "$good" mac sha256 "$secret"
	jwt "$token" "$hs256" "{$ids,\"iat\":1699999999}" mac sha256 "$secret"
	jwt "$token" "$hs256" "{$ids,\"iat\":1700086461}" mac sha256 "$secret"
	jwt "$token" "$hs256" "{$ids,\"iat\":0}" mac sha256 "$secret"
	jwt "$token" "$hs256" "{$ids,\"iat\":1700000000,\"exp\":1700086400}" mac sha256 "$secret"
	jwt "$token" "$hs256" "{$ids,\"iat\":1700000000,\"exp\":0}" mac sha256 "$secret"
	jwt "$token" "$hs256" "{$ids,\"iat\":1700000000,\"nbf\":1700086461}" mac sha256 "$secret"
	jwt IDENTITIES_KEY_ABSENT "$hs256" '{"iat":1700000000}' mac sha256 "$secret"
	jwt IDENTITIES_KEY_ABSENT "$hs256" '{"iat":1700000000,"Identities":[]}' mac sha256 "$secret"
	jwt IDENTITIES_KEY_ABSENT "$hs256" null mac sha256 "$secret"
	jwt JWT_IS_INVALID "$hs256" '["identities"]' mac sha256 "$secret"
	jwt JWT_IS_INVALID "$hs256" "$good}" mac sha256 "$secret"
	jwt JWT_IS_INVALID "$hs256" 17 mac sha256 "$secret"
	jwt JWT_IS_INVALID HS256 "$good" mac sha256 "$secret"
} >jwt.tsv
