package files

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

var (
	red, green, blue, white = color.RGBA{255, 0, 0, 255}, color.RGBA{0, 255, 0, 255}, color.RGBA{0, 0, 255, 255}, color.RGBA{255, 255, 255, 255}
)

// pixels makes an image whose quarters are, from the top left by rows, red, green, blue and white.
func pixels(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, [4]color.RGBA{red, green, blue, white}[2*(2*y/h)+2*x/w])
		}
	}
	return m
}

func asPNG(t testing.TB, m image.Image) []byte {
	return encode(t, func(w io.Writer) error { return png.Encode(w, m) })
}

func asJPEG(t testing.TB, m image.Image) []byte {
	return encode(t, func(w io.Writer) error { return jpeg.Encode(w, m, &jpeg.Options{Quality: 95}) })
}

func asGIF(t testing.TB, m image.Image) []byte {
	return encode(t, func(w io.Writer) error { return gif.Encode(w, m, nil) })
}

func encode(t testing.TB, f func(io.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := f(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// solidWebP makes a lossless WebP, all of it half transparent orange: with a single symbol in each of its codes no pixel needs a bit.
func solidWebP(w, h int) []byte {
	var bits []byte
	var n int
	write := func(value uint32, count int) {
		for i := range count {
			if n%8 == 0 {
				bits = append(bits, 0)
			}
			bits[n/8] |= byte(value>>i&1) << (n % 8)
			n++
		}
	}
	write(0x2f, 8)
	write(uint32(w-1), 14)
	write(uint32(h-1), 14)
	write(1, 1)                                         // has alpha
	write(0, 3)                                         // version
	write(0, 3)                                         // no transform, no cache of colours, one group of codes
	for _, symbol := range []uint32{128, 255, 0, 128} { // green, red, blue, alpha
		write(1, 1) // a simple code
		write(0, 1) // of one symbol
		write(1, 1) // of eight bits
		write(symbol, 8)
	}
	write(1, 1) // and so the one of distances,
	write(0, 3) // which is 0
	size := func(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }
	bits = append(bits, make([]byte, len(bits)%2)...)
	return bytes.Join([][]byte{[]byte("RIFF"), size(12 + len(bits)), []byte("WEBPVP8L"), size(len(bits)), bits}, nil)
}

// withEXIF puts metadata into a JPEG, with an orientation and a secret.
func withEXIF(plain []byte, order binary.AppendByteOrder, o uint16) []byte {
	tiff := []byte("II*\x00")
	if order.String() == "BigEndian" {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	tiff = append(order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x010f), 2), 4), "Cam\x00"...)
	tiff = order.AppendUint32(order.AppendUint16(order.AppendUint16(tiff, 0x0112), 3), 1)
	tiff = append(order.AppendUint16(tiff, o), "\x00\x00\x00\x00\x00\x0052.5200 N 13.4050 E"...)
	exif := append([]byte("Exif\x00\x00"), tiff...)
	segment := append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(2+len(exif))), exif...)
	xmp := []byte("\xff\xe1\x00\x08xmp ok\xff") // a segment before it, and a byte that fills
	return bytes.Join([][]byte{plain[:2], xmp, segment, plain[2:]}, nil)
}

// corners returns the four corners of an image, from the top left by rows, by the nearest name.
func corners(t *testing.T, data []byte) (names []string) {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	b := m.Bounds()
	for _, p := range []image.Point{{b.Min.X, b.Min.Y}, {b.Max.X - 1, b.Min.Y}, {b.Min.X, b.Max.Y - 1}, {b.Max.X - 1, b.Max.Y - 1}} {
		r, g, b, a := m.At(p.X, p.Y).RGBA()
		name := ""
		for i, v := range []uint32{r, g, b} {
			if v > 0x8000 {
				name += "rgb"[i : i+1]
			}
		}
		if a < 0x4000 {
			name = "clear"
		}
		names = append(names, name)
	}
	return names
}

// facts is what a test expects of a preview.
type facts struct {
	Type                                 string
	Width, Height, FullWidth, FullHeight int
}

func (i Image) facts() facts { return facts{i.Type, i.Width, i.Height, i.FullWidth, i.FullHeight} }

func TestPreview(t *testing.T) {
	clear := pixels(800, 400)
	for i := range clear.Pix[:800*4*200] {
		clear.Pix[i] = 0
	}
	frame := image.NewPaletted(image.Rect(400, 0, 800, 200), palette.Plan9)
	for i := range frame.Pix {
		frame.Pix[i] = byte(frame.Palette.Index(red))
	}
	part := encode(t, func(w io.Writer) error {
		return gif.EncodeAll(w, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}, Config: image.Config{ColorModel: frame.Palette, Width: 800, Height: 400}})
	})
	quarters := []string{"r", "g", "b", "rgb"}
	for name, c := range map[string]struct {
		file    []byte
		want    facts
		corners []string
	}{
		"png":               {asPNG(t, pixels(960, 540)), facts{"image/jpeg", 640, 360, 960, 540}, quarters},
		"jpeg":              {asJPEG(t, pixels(350, 700)), facts{"image/jpeg", 320, 640, 350, 700}, quarters},
		"gif":               {asGIF(t, pixels(80, 700)), facts{"image/jpeg", 73, 640, 80, 700}, quarters},
		"webp":              {solidWebP(900, 450), facts{"image/png", 640, 320, 900, 450}, []string{"r", "r", "r", "r"}},
		"small":             {asPNG(t, pixels(31, 17)), facts{"image/jpeg", 31, 17, 31, 17}, quarters},
		"one pixel":         {asGIF(t, pixels(1, 1)), facts{"image/jpeg", 1, 1, 1, 1}, []string{"r", "r", "r", "r"}},
		"transparent":       {asPNG(t, clear), facts{"image/png", 640, 320, 800, 400}, []string{"clear", "clear", "b", "rgb"}},
		"gray":              {asJPEG(t, image.NewGray(image.Rect(0, 0, 50, 50))), facts{"image/jpeg", 50, 50, 50, 50}, []string{"", "", "", ""}},
		"16 bits":           {asPNG(t, image.NewNRGBA64(image.Rect(0, 0, 8, 8))), facts{"image/png", 8, 8, 8, 8}, []string{"clear", "clear", "clear", "clear"}},
		"thin":              {asPNG(t, pixels(2, 60_000)), facts{"image/jpeg", 1, 640, 2, 60_000}, []string{"rg", "rg", "rgb", "rgb"}},
		"frame of a part":   {part, facts{"image/png", 640, 320, 800, 400}, []string{"clear", "r", "clear", "clear"}},
		"GIF, then HTML":    {append(asGIF(t, pixels(32, 32)), "<script>alert(1)</script>"...), facts{"image/jpeg", 32, 32, 32, 32}, quarters},
		"on its side":       {withEXIF(asJPEG(t, pixels(800, 400)), binary.BigEndian, 6), facts{"image/jpeg", 320, 640, 400, 800}, []string{"b", "r", "rgb", "g"}},
		"no such direction": {withEXIF(asJPEG(t, pixels(64, 32)), binary.LittleEndian, 9), facts{"image/jpeg", 64, 32, 64, 32}, quarters},
	} {
		got, err := Preview(iotest.HalfReader(bytes.NewReader(c.file)), MaxPixels)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(c.want, got.facts()); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
		if kind := Sniff(got.Data); kind != (Kind{got.Type, true}) || bytes.Contains(got.Data, []byte("script")) {
			t.Errorf("%s: the preview is %v", name, kind)
		}
		if name == "thin" { // a column of two colours mixes them, on their border too
			continue
		}
		if d := cmp.Diff(c.corners, corners(t, got.Data)); d != "" {
			t.Errorf("%s, corners (-want +got):\n%s", name, d)
		}
	}
}

// TestPreviewOrientation: what a camera writes for each way to hold it (EXIF 2.3, 4.6.4.A), and nothing else that it writes.
func TestPreviewOrientation(t *testing.T) {
	plain := asJPEG(t, pixels(96, 64))
	for o, want := range [...]string{1: "r g b rgb", 2: "g r rgb b", 3: "rgb b g r", 4: "b rgb r g", 5: "r b g rgb", 6: "b r rgb g", 7: "rgb g b r", 8: "g rgb r b"} {
		if o == 0 {
			continue
		}
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			got, err := Preview(bytes.NewReader(withEXIF(plain, order, uint16(o))), MaxPixels)
			if err != nil {
				t.Fatal(err)
			}
			size := facts{"image/jpeg", 96, 64, 96, 64}
			if o >= 5 {
				size = facts{"image/jpeg", 64, 96, 64, 96}
			}
			if d := cmp.Diff(size, got.facts()); d != "" {
				t.Errorf("%d (-want +got):\n%s", o, d)
			}
			if c := strings.Join(corners(t, got.Data), " "); c != want {
				t.Errorf("%d: corners %q, want %q", o, c, want)
			}
			if bytes.Contains(got.Data, []byte("52.5200")) || bytes.Contains(got.Data, []byte("Exif")) || bytes.Contains(got.Data, []byte("Cam")) {
				t.Errorf("%d: the metadata is in the preview", o)
			}
		}
	}
}

// bombPNG is the beginning of a PNG of any size.
func bombPNG(w, h uint32) []byte {
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	header = append(header, 8, 6, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(header))
}

func TestNoPreview(t *testing.T) {
	bombGIF := asGIF(t, pixels(1, 1))
	copy(bombGIF[6:], "\xff\xff\xff\xff") // the size of its screen
	files := map[string][]byte{
		"nothing": nil, "text": []byte("hello"), "svg": []byte("<svg/>"), "bmp": []byte("BM\x00\x00\x00\x00"), "GIF, then HTML": []byte("GIF89a<script>alert(1)</script>"),
		"30,000 × 30,000": bombPNG(30_000, 30_000), "one long row": bombPNG(1<<17, 1), "2³¹ × 2³¹": bombPNG(1<<31-1, 1<<31-1), "no pixels": bombPNG(0, 0),
		"large screen": bombGIF, "large webp": solidWebP(16384, 16384), "one pixel too many": asPNG(t, pixels(1001, 1000)),
	}
	for name, whole := range map[string][]byte{"png": asPNG(t, pixels(99, 99)), "jpeg": asJPEG(t, pixels(99, 99)), "gif": asGIF(t, pixels(99, 99)), "webp": solidWebP(99, 99)} {
		for _, n := range []int{8, 12, 20, len(whole) / 4, len(whole) / 2} {
			files["truncated "+name+" "+string(rune('a'+n%26))] = whole[:min(n, len(whole)-8)]
		}
	}
	for name, file := range files {
		img, err := Preview(bytes.NewReader(file), 1_000_000)
		if !errors.Is(err, ErrNoPreview) || img.Data != nil {
			t.Errorf("%s: %v, %v", name, img.facts(), err)
		}
	}

	gone := errors.New("the store does not answer")
	for _, failure := range []error{gone, io.ErrUnexpectedEOF} {
		for _, n := range []int{0, 30, HeadSize, 6000} {
			file := asPNG(t, noisy(100, 100))
			_, err := Preview(io.MultiReader(bytes.NewReader(file[:n]), iotest.ErrReader(failure)), MaxPixels)
			if errors.Is(err, ErrNoPreview) || !errors.Is(err, failure) {
				t.Errorf("fails after %d bytes: %v", n, err)
			}
		}
	}
}

func noisy(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	copy(m.Pix, noise(len(m.Pix)))
	return m
}

func FuzzPreview(f *testing.F) {
	small := pixels(9, 7)
	for _, seed := range [][]byte{asPNG(f, small), asJPEG(f, small), asGIF(f, small), solidWebP(9, 7), withEXIF(asJPEG(f, small), binary.BigEndian, 6), bombPNG(1, 1), []byte("<svg/>"),
		[]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		const limit = 1 << 16
		kind := Sniff(file)
		orientationOf(file)
		img, err := Preview(bytes.NewReader(file), limit)
		if err != nil {
			if !errors.Is(err, ErrNoPreview) {
				t.Error(err)
			}
			return
		}
		if !kind.Image {
			t.Errorf("a preview of %v", kind)
		}
		if img.Width < 1 || img.Height < 1 || max(img.Width, img.Height) > PreviewSide || img.FullWidth*img.FullHeight > limit {
			t.Errorf("%v", img.facts())
		}
		if _, format, err := image.DecodeConfig(bytes.NewReader(img.Data)); err != nil || "image/"+format != img.Type {
			t.Errorf("%s: %s, %v", img.Type, format, err)
		}
	})
}

// BenchmarkPreview measures what the largest photo costs.
func BenchmarkPreview(b *testing.B) {
	for name, file := range map[string][]byte{"jpeg": asJPEG(b, noisy(8000, 5000)), "png": asPNG(b, pixels(8000, 5000))} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Preview(bytes.NewReader(file), MaxPixels); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
