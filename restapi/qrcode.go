package restapi

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

const (
	quietZone = 4 // light modules around a code (ISO/IEC 18004 §9.1)
	dotsEach  = 8 // pixels of a module in a picture
)

// encodeQR makes the QR code of a text, which a reader understands with an eighth of it hidden.
func encodeQR(text string) (barcode.Barcode, error) {
	return qr.Encode(text, qr.M, qr.Auto)
}

func dark(code barcode.Barcode, x, y int) bool {
	r, _, _, _ := code.At(x, y).RGBA()
	return r == 0
}

// pngOf is the code as a picture in a data URL.
func pngOf(code barcode.Barcode) (string, error) {
	modules := code.Bounds().Dx()
	side := (modules + 2*quietZone) * dotsEach
	picture := image.NewPaletted(image.Rect(0, 0, side, side), color.Palette{color.White, color.Black})
	for y := range side {
		for x := range side {
			mx, my := x/dotsEach-quietZone, y/dotsEach-quietZone
			if mx >= 0 && my >= 0 && mx < modules && my < modules && dark(code, mx, my) {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return "", err
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

// svgOf is the code as a drawing.
func svgOf(code barcode.Barcode) string {
	modules := code.Bounds().Dx()
	var path strings.Builder
	for y := range modules {
		for x := 0; x < modules; x++ {
			begin := x
			for x < modules && dark(code, x, y) {
				x++
			}
			if x > begin {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", begin+quietZone, y+quietZone, x-begin, x-begin)
			}
		}
	}
	side := modules + 2*quietZone
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`,
		side, side, side, side, path.String())
}
