package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
	"github.com/minio/minio-go/v7/pkg/s3utils"
)

// partSize is how much of a file is sent at once. It is the least that S3 allows; with its 10,000 parts a file has at most 48 GiB.
const partSize = 5 << 20

// tries is how often a request is made before its failure is told: enough for a moment's trouble, and few enough that a person who waits learns of it.
const tries = 4

// bucket keeps files in an S3-compatible store.
type bucket struct {
	client *minio.Client
	name   string
	prefix string // ends in a slash, or is empty
}

// s3URL is the URL of a bucket taken apart.
type s3URL struct {
	access, secret       string
	host, bucket, prefix string
	region               string // may be empty
	tls                  bool
}

func openBucket(rawURL string) (place, string, error) {
	u, err := parseS3(rawURL)
	if err != nil {
		return nil, "", err
	}
	client, err := minio.New(u.host, &minio.Options{
		Creds: credentials.NewStaticV4(u.access, u.secret, ""), Secure: u.tls, Region: u.region, MaxRetries: tries,
	})
	if err != nil {
		return nil, "", fmt.Errorf("%q is not the host of an S3 store: write host or host:port (%w)", u.host, err)
	}
	return &bucket{client, u.bucket, u.prefix}, fmt.Sprintf("the bucket %s at %s", u.bucket, u.host), nil
}

// parseS3 takes the URL apart itself as far as the secret goes: secrets often have slashes, which people do not encode, and the errors of url.Parse
// show what it was given.
func parseS3(rawURL string) (u s3URL, err error) {
	const form = "write s3://ACCESS:SECRET@host:port/bucket/prefix?region=…&tls=false"
	rest := strings.TrimPrefix(rawURL, "s3://")
	at := strings.LastIndexByte(rest, '@')
	if at < 0 {
		return u, errors.New("the S3 URL has no access key and secret: " + form)
	}
	access, secret, _ := strings.Cut(rest[:at], ":")
	var err1, err2 error
	u.access, err1 = url.PathUnescape(access)
	u.secret, err2 = url.PathUnescape(secret)
	if err1 != nil || err2 != nil {
		return u, errors.New("the S3 URL has a % in its access key or secret: write it as %25")
	}
	if u.access == "" || u.secret == "" {
		return u, errors.New("the S3 URL lacks its access key or secret: " + form)
	}
	parsed, err := url.Parse("s3://" + rest[at+1:])
	if err != nil || parsed.Host == "" || parsed.Fragment != "" {
		return u, errors.New("the S3 URL is not well formed: " + form)
	}
	u.host = parsed.Host
	bucket, prefix, _ := strings.Cut(strings.Trim(parsed.Path, "/"), "/")
	if err := s3utils.CheckValidBucketNameStrict(bucket); err != nil {
		return u, fmt.Errorf("%.100q cannot be the name of a bucket: %s (%w)", bucket, form, err)
	}
	u.bucket = bucket
	if prefix != "" {
		if !wellFormed(prefix) {
			return u, fmt.Errorf("%.100q cannot be a prefix: use only a-z, 0-9, _, - and slashes", prefix)
		}
		u.prefix = prefix + "/"
	}
	return u, u.setOptions(parsed.Query())
}

func (u *s3URL) setOptions(options url.Values) (err error) {
	u.tls = true
	for name, values := range options {
		switch name {
		case "region":
			u.region = values[0]
		case "tls":
			if u.tls, err = strconv.ParseBool(values[0]); err != nil {
				return fmt.Errorf("tls=%.20s in the S3 URL is not understood: write tls=true or tls=false", values[0])
			}
		default:
			return fmt.Errorf("%.20q in the S3 URL is not understood: only region and tls may follow the question mark", name)
		}
	}
	return nil
}

// put sends a small file in one request, and a larger one in parts: which of the two it is, only reading it tells. A store shows neither before it has
// all of it, and the client takes back the parts of a file that could not be sent to its end.
func (b *bucket) put(ctx context.Context, key string, src *source) error {
	options := minio.PutObjectOptions{ContentType: "application/octet-stream", PartSize: partSize}
	var first bytes.Buffer
	n, err := io.CopyN(&first, src, partSize)
	switch {
	case err == io.EOF:
		_, err = b.client.PutObject(ctx, b.name, b.prefix+key, bytes.NewReader(first.Bytes()), n, options)
	case err == nil:
		_, err = b.client.PutObject(ctx, b.name, b.prefix+key, io.MultiReader(&first, src), -1, options)
	}
	return err
}

func (b *bucket) get(ctx context.Context, key string) (io.ReadSeekCloser, int64, error) {
	object, err := b.client.GetObject(ctx, b.name, b.prefix+key, minio.GetObjectOptions{})
	if err != nil {
		return nil, 0, err
	}
	info, err := object.Stat()
	if err != nil {
		object.Close() // it closes nothing but the failed request
		if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
			return nil, 0, ErrNotFound
		}
		return nil, 0, err
	}
	return object, info.Size, nil
}

func (b *bucket) remove(ctx context.Context, key string) error {
	err := b.client.RemoveObject(ctx, b.name, b.prefix+key, minio.RemoveObjectOptions{})
	if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
		return nil
	}
	return err
}

func (b *bucket) advise(err error) string {
	var answer minio.ErrorResponse
	if !errors.As(err, &answer) {
		return "the store does not answer; check host and port, and write tls=false if it speaks plain HTTP"
	}
	switch answer.Code {
	case minio.NoSuchBucket:
		return "there is no such bucket; create it, or name another one"
	case minio.InvalidAccessKeyID, minio.SignatureDoesNotMatch:
		return "access key and secret are not accepted; check both"
	case minio.AccessDenied:
		return "allow this access key to read, write and delete there"
	case minio.AuthorizationHeaderMalformed, minio.InvalidRegion:
		return "the bucket is in another region; set region= to it"
	}
	return "the store refuses; check access key, secret, bucket and region"
}

func (b *bucket) close() error {
	return nil // idle connections are closed by the client itself
}
