package files

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation says how a camera was held: the value of EXIF's tag of that name, 1 to 8; anything else, as 0, is upright.
type orientation int

// sideways reports whether width and height change places.
func (o orientation) sideways() bool { return 5 <= o && o <= 8 }

// upright turns and mirrors img as o asks.
func upright(img *image.RGBA, o orientation) *image.RGBA {
	if o < 2 || o > 8 {
		return img
	}
	w, h := img.Rect.Dx(), img.Rect.Dy()
	turned := image.NewRGBA(image.Rect(0, 0, w, h))
	if o.sideways() {
		turned = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range turned.Rect.Dy() {
		for x := range turned.Rect.Dx() {
			fromX, fromY := o.source(x, y, w, h)
			turned.SetRGBA(x, y, img.RGBAAt(fromX, fromY))
		}
	}
	return turned
}

// source returns which pixel of an image of w × h is shown at x, y.
func (o orientation) source(x, y, w, h int) (fromX, fromY int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return y, h - 1 - x
	case 7:
		return w - 1 - y, h - 1 - x
	case 8:
		return w - 1 - y, x
	}
	return x, y
}

// orientationOf finds the orientation in the beginning of a JPEG, up to its frame (ITU-T T.81, Annex B). It is 0 where there is none, and in other files.
func orientationOf(jpeg []byte) orientation {
	const (
		startOfImage, startOfFrame0, startOfScan, app1 = 0xd8, 0xc0, 0xda, 0xe1
	)
	if !bytes.HasPrefix(jpeg, []byte{0xff, startOfImage}) {
		return 0
	}
	for rest := jpeg[2:]; len(rest) >= 4 && rest[0] == 0xff; {
		marker := rest[1]
		if marker == 0xff { // fills
			rest = rest[1:]
			continue
		}
		size := int(binary.BigEndian.Uint16(rest[2:]))
		if marker == startOfFrame0 || marker == startOfScan || size < 2 || len(rest) < 2+size {
			return 0
		}
		if tiff, ok := bytes.CutPrefix(rest[4:2+size], []byte("Exif\x00\x00")); ok && marker == app1 {
			return orientationIn(tiff)
		}
		rest = rest[2+size:]
	}
	return 0
}

// orientationIn looks the orientation up in EXIF's first directory (TIFF 6.0, section 2).
func orientationIn(tiff []byte) orientation {
	const headerSize, entrySize, tagOrientation, typeShort = 8, 12, 0x0112, 3
	if len(tiff) < headerSize {
		return 0
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 0
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 0
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < entrySize {
			return 0
		}
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == typeShort {
			return orientation(order.Uint16(entries[8:]))
		}
		entries = entries[entrySize:]
	}
	return 0
}
