// Command go-audit verifies a QMK audit log with Go's own note and tlog packages.
//
// Usage: go-audit DIR VERIFIER-KEY
package main

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

// folder reads tiles as C2SP tlog-tiles lays them out: Go's path without the height.
type folder string

func (dir folder) Height() int { return height }

func (dir folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, tile := range tiles {
		bytes, err := dir.read(tile)
		if err != nil {
			return nil, err
		}
		data = append(data, bytes)
	}
	return data, nil
}

func (dir folder) read(tile tlog.Tile) ([]byte, error) {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
	path = "tile/" + strings.Replace(path, "data/", "entries/", 1)
	return os.ReadFile(filepath.Join(string(dir), filepath.FromSlash(path)))
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go-audit DIR VERIFIER-KEY")
		os.Exit(2)
	}
	tree, err := verify(folder(os.Args[1]), os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, "go-audit:", err)
		os.Exit(1)
	}
	fmt.Printf("%d entries verified, root %v\n", tree.N, tree.Hash)
}

func verify(dir folder, key string) (tree tlog.Tree, err error) {
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return tree, err
	}
	signed, err := os.ReadFile(filepath.Join(string(dir), "checkpoint"))
	if err != nil {
		return tree, err
	}
	head, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tree, err
	}
	lines := strings.Split(head.Text, "\n")
	if len(lines) < 4 || lines[0] != verifier.Name() {
		return tree, fmt.Errorf("malformed checkpoint %q", head.Text)
	}
	if tree.N, err = strconv.ParseInt(lines[1], 10, 64); err != nil {
		return tree, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || copy(tree.Hash[:], root) != tlog.HashSize {
		return tree, fmt.Errorf("malformed root %q", lines[2])
	}
	hashes := tlog.TileHashReader(tree, dir)
	for first := int64(0); first < tree.N; first += 1 << height {
		if err := bundle(dir, tree, first, hashes); err != nil {
			return tree, err
		}
	}
	return tree, nil
}

// bundle checks the entries of one bundle against the tree.
func bundle(dir folder, tree tlog.Tree, first int64, hashes tlog.HashReader) error {
	width := min(tree.N-first, 1<<height)
	data, err := dir.read(tlog.Tile{H: height, L: -1, N: first >> height, W: int(width)})
	if err != nil {
		return err
	}
	var wanted []int64
	for i := first; i < first+width; i++ {
		wanted = append(wanted, tlog.StoredHashIndex(0, i))
	}
	want, err := hashes.ReadHashes(wanted)
	if err != nil {
		return err
	}
	for i := first; i < first+width; i++ {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return fmt.Errorf("entry %d is cut short", i)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		if tlog.RecordHash(data[2:end]) != want[i-first] {
			return fmt.Errorf("entry %d does not match its hash", i)
		}
		data = data[end:]
	}
	if len(data) > 0 {
		return fmt.Errorf("bytes follow entry %d", first+width-1)
	}
	proof, err := tlog.ProveRecord(tree.N, first, hashes)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, tree.N, tree.Hash, first, want[0])
}
