package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"
)

// describe says what is measured, and on what.
func describe(o options) (string, error) {
	fsync, err := fsyncTime(o.dir)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, %d cores, %s; %s/%s, %s; one write to the disk of the databases takes %s (median); "+
		"busy processors before: %s.\n"+
		"Server, load and database share these cores. SQLite: WAL, synchronous=FULL. PostgreSQL: fsync=on, on a Unix socket.",
		cpuModel(), runtime.NumCPU(), memory(), runtime.GOOS, runtime.GOARCH, goVersion(), short(fsync), busy()), nil
}

// busy is how many processors other work has kept busy in the last minute: with more than a few tenths the figures say little.
func busy() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	first, _, _ := strings.Cut(string(b), " ")
	return first
}

func goVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.GoVersion
	}
	return runtime.Version()
}

func cpuModel() string { return field("/proc/cpuinfo", "model name", "unknown processor") }

func memory() string {
	kib, err := strconv.Atoi(strings.TrimSuffix(field("/proc/meminfo", "MemTotal", "0 kB"), " kB"))
	if err != nil || kib == 0 {
		return "memory unknown"
	}
	return fmt.Sprintf("%d GiB", (kib+1<<19)>>20)
}

// field returns the value of a "name: value" line of a file.
func field(file, name, otherwise string) string {
	f, err := os.Open(file)
	if err != nil {
		return otherwise
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if k, v, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(k) == name {
			return strings.TrimSpace(v)
		}
	}
	return otherwise
}

// fsyncTime is how long the disk takes to keep 4 KiB, which is what every commit waits for.
func fsyncTime(dir string) (time.Duration, error) {
	f, err := os.Create(filepath.Join(dir, "fsync"))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var took []time.Duration
	block := make([]byte, 4<<10)
	for range 100 {
		start := time.Now()
		if _, err := f.Write(block); err != nil {
			return 0, err
		}
		if err := f.Sync(); err != nil {
			return 0, err
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2], nil
}

// usage is what a process has used so far.
type usage struct {
	cpu time.Duration
	rss int64 // bytes
}

// ticks is the unit of times in /proc on Linux.
const ticks = 10 * time.Millisecond

func usageOf(pid int) (u usage, err error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return u, err
	}
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+2:]))
	if len(fields) < 22 {
		return u, fmt.Errorf("/proc/%d/stat is not as expected", pid)
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	pages, err3 := strconv.ParseInt(fields[21], 10, 64)
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			return u, err
		}
	}
	return usage{time.Duration(user+system) * ticks, pages * int64(os.Getpagesize())}, nil
}
