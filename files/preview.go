package files

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"
)

const (
	// MaxPixels is a good limit for [Preview]: what most phones make, and at most 256 MB of memory.
	MaxPixels = 16_000_000
	// PreviewSide is how wide and how high a preview is at most, in pixels.
	PreviewSide = 640

	// maxSide bounds what scaling needs for an image that is all length and no width. JPEG and GIF have no longer sides.
	maxSide = 1<<16 - 1

	jpegQuality = 80
)

// ErrNoPreview is in the chain of Preview's error if the file is not an image that can be drawn: another attempt will end the same.
var ErrNoPreview = errors.New("there is no preview of this file")

// Image is a preview of an image.
type Image struct {
	Data                  []byte
	Type                  string // image/jpeg, or image/png where something shines through
	Width, Height         int    // of the preview, in pixels
	FullWidth, FullHeight int    // of the image itself, the right way up
}

// Preview draws a PNG, JPEG, GIF (its first frame) or WebP (not an animated one) small enough for [PreviewSide], and never larger than it is. A JPEG that a
// camera held sideways is turned upright. Nothing but the pixels gets into the preview: no position, no camera, no comment.
//
// The error is ErrNoPreview for what is no such image, is broken, or has more than limitPixels; otherwise it is r's. The pixels are counted before they are
// decoded. Decoding takes up to 16 bytes of memory for each, and a second or two for [MaxPixels], so let few run at once.
func Preview(r io.Reader, limitPixels int) (Image, error) {
	src := &watched{r: r}
	img, err := preview(src, limitPixels)
	switch {
	case err == nil:
		return img, nil
	case src.err != nil:
		return Image{}, fmt.Errorf("files: preview: %w", src.err)
	}
	return Image{}, fmt.Errorf("files: %w: %w", ErrNoPreview, err)
}

// watched tells a reader that fails from an image that is broken: decoders report both alike.
type watched struct {
	r   io.Reader
	err error
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && err != io.EOF {
		w.err = err
	}
	return n, err
}

func preview(r io.Reader, limitPixels int) (Image, error) {
	full, turn, err := decodeImage(r, limitPixels)
	if err != nil {
		return Image{}, err
	}
	small := upright(shrink(full), turn)
	img := Image{Width: small.Rect.Dx(), Height: small.Rect.Dy(), FullWidth: full.width, FullHeight: full.height}
	if turn.sideways() {
		img.FullWidth, img.FullHeight = img.FullHeight, img.FullWidth
	}
	var out bytes.Buffer
	if small.Opaque() {
		img.Type, err = "image/jpeg", jpeg.Encode(&out, small, &jpeg.Options{Quality: jpegQuality})
	} else {
		img.Type, err = "image/png", png.Encode(&out, small)
	}
	img.Data = out.Bytes()
	return img, err
}

// canvas is a decoded image and the size of what it is drawn on: the first frame of a GIF may cover a part only.
type canvas struct {
	image.Image
	width, height int
}

// format decodes one kind of image. The registry of package image would add whatever else the program imports.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

func formatOf(head []byte) (format, error) {
	switch kind := Sniff(head); kind.Type {
	case "image/png":
		return format{png.DecodeConfig, png.Decode}, nil
	case "image/jpeg":
		return format{jpeg.DecodeConfig, jpeg.Decode}, nil
	case "image/gif":
		return format{gif.DecodeConfig, gif.Decode}, nil
	case "image/webp":
		return format{webp.DecodeConfig, webp.Decode}, nil
	default:
		return format{}, fmt.Errorf("%s is not drawn", kind.Type)
	}
}

func decodeImage(r io.Reader, limitPixels int) (canvas, orientation, error) {
	head := make([]byte, HeadSize)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return canvas{}, 0, err
	}
	r = io.MultiReader(bytes.NewReader(head[:n]), r)
	f, err := formatOf(head[:n])
	if err != nil {
		return canvas{}, 0, err
	}
	var seen bytes.Buffer
	config, err := f.config(io.TeeReader(r, &seen))
	if err != nil {
		return canvas{}, 0, err
	}
	if config.Width < 1 || config.Height < 1 || config.Width > maxSide || config.Height > maxSide || config.Width*config.Height > limitPixels {
		return canvas{}, 0, fmt.Errorf("%d × %d pixels are too many or none", config.Width, config.Height)
	}
	turn := orientationOf(seen.Bytes())
	img, err := f.decode(io.MultiReader(&seen, r))
	if err != nil {
		return canvas{}, 0, err
	}
	if !img.Bounds().In(image.Rect(0, 0, config.Width, config.Height)) || img.Bounds().Empty() {
		return canvas{}, 0, fmt.Errorf("%v does not lie within %d × %d", img.Bounds(), config.Width, config.Height)
	}
	return canvas{img, config.Width, config.Height}, turn, nil
}

// shrink draws c so that it fits.
func shrink(c canvas) *image.RGBA {
	factor := min(1, PreviewSide/float64(max(c.width, c.height)))
	scale := func(n int) int { return int(math.Round(float64(n) * factor)) }
	small := image.NewRGBA(image.Rect(0, 0, max(1, scale(c.width)), max(1, scale(c.height))))
	from := c.Bounds()
	to := image.Rect(scale(from.Min.X), scale(from.Min.Y), scale(from.Max.X), scale(from.Max.Y))
	to.Max.X, to.Max.Y = max(to.Max.X, to.Min.X+1), max(to.Max.Y, to.Min.Y+1)
	if factor == 1 {
		draw.Draw(small, to, c, from.Min, draw.Src)
	} else {
		draw.BiLinear.Scale(small, to, c.Image, from, draw.Src, nil)
	}
	return small
}
