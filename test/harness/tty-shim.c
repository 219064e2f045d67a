/*
 * Test equipment, preloaded into Chromium: every pty whose link is in $FAKE_TTY_DIR is a USB serial port.
 * Making a link `ttyUSB0` plugs a probe in, removing it pulls it out; nothing else of the machine is seen.
 *
 *   FAKE_TTY_VID, FAKE_TTY_PID   USB ids in hex (0403, 6001); the serial number is the link's name
 *   FAKE_TTY_KEEP_TX=1           closing keeps what was sent and not yet read, as a wire does
 *   $FAKE_TTY_DIR/ttyUSB0.busy   while this file exists, another program has the port
 *   $FAKE_TTY_DIR/ttyUSB0.log    what was done to the port: open, termios 300 7E1, lines, break, drain, flush
 *
 * Three things are replaced: libudev (which devices there are), /proc/tty/drivers (which of them are
 * serial ports), and the requests a pty does not know (control lines, exclusive use).
 */
#define _GNU_SOURCE
#include <asm/termbits.h>
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define NAME 32
#define DRIVERS "/proc/tty/drivers"
#define SYSPATH "/sys/devices/tokenline/tty/"
#define NEXT(function) ((__typeof__(&function))dlsym(RTLD_NEXT, #function))

static const char *folder(void) {
	const char *set = getenv("FAKE_TTY_DIR");
	return set ? set : "/nonexistent";
}

static const char *setting(const char *name, const char *usual) {
	const char *set = getenv(name);
	return set ? set : usual;
}

static void path_of(char path[PATH_MAX], const char *name, const char *ending) {
	snprintf(path, PATH_MAX, "%s/%s%s", folder(), name, ending);
}

/* Whether a name in the folder is a port's: tty, letters, a number. */
static int is_port(const char *name) {
	size_t letters = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
	size_t digits = strspn(name + letters, "0123456789");
	return !strncmp(name, "tty", 3) && digits && !name[letters + digits] && letters + digits < NAME;
}

/* ---- which devices there are: libudev ---- */

struct udev_list_entry { char name[64], value[PATH_MAX]; struct udev_list_entry *next; };
struct udev_device { char name[NAME]; const char *action; struct udev_list_entry *properties; };
struct udev_enumerate { int filtered, wants_tty; struct udev_list_entry *found; };
struct udev_monitor { int fd, filtered, wants_tty; };

static struct udev_list_entry *add(struct udev_list_entry *next, const char *name, const char *value) {
	struct udev_list_entry *entry = calloc(1, sizeof *entry);
	snprintf(entry->name, sizeof entry->name, "%s", name);
	snprintf(entry->value, sizeof entry->value, "%s", value);
	entry->next = next;
	return entry;
}

static void drop(struct udev_list_entry *entry) {
	while (entry) {
		struct udev_list_entry *next = entry->next;
		free(entry);
		entry = next;
	}
}

static struct udev_device *device(const char *name, const char *action) {
	struct udev_device *made = calloc(1, sizeof *made);
	char path[PATH_MAX];
	snprintf(made->name, NAME, "%s", name);
	made->action = action;
	path_of(path, name, "");
	made->properties = add(NULL, "DEVNAME", path);
	const char *rows[][2] = {
		{"SUBSYSTEM", "tty"}, {"MAJOR", "188"}, {"MINOR", name + strcspn(name, "0123456789")},
		{"ID_BUS", "usb"}, {"ID_VENDOR_ID", setting("FAKE_TTY_VID", "0403")},
		{"ID_MODEL_ID", setting("FAKE_TTY_PID", "6001")}, {"ID_MODEL_ENC", "Optical\\x20probe"},
		{"ID_SERIAL_SHORT", name},
	};
	for (size_t at = 0; at < sizeof rows / sizeof *rows; at++)
		made->properties = add(made->properties, rows[at][0], rows[at][1]);
	return made;
}

void *udev_new(void) { return calloc(1, 1); }
void *udev_unref(void *udev) { free(udev); return NULL; }

struct udev_device *udev_device_new_from_syspath(void *udev, const char *syspath) {
	const char *name = strrchr(syspath, '/');
	char path[PATH_MAX];
	struct stat status;
	(void)udev;
	if (!name || !is_port(name + 1)) return NULL;
	path_of(path, name + 1, "");
	return lstat(path, &status) ? NULL : device(name + 1, NULL);
}
struct udev_device *udev_device_new_from_devnum(void *udev, char type, dev_t number) {
	(void)udev, (void)type, (void)number;
	return NULL;
}
struct udev_device *udev_device_new_from_subsystem_sysname(void *udev, const char *subsystem, const char *name) {
	(void)udev, (void)subsystem, (void)name;
	return NULL;
}
struct udev_device *udev_device_unref(struct udev_device *it) {
	if (it) drop(it->properties);
	free(it);
	return NULL;
}
const char *udev_device_get_property_value(struct udev_device *it, const char *name) {
	for (struct udev_list_entry *entry = it->properties; entry; entry = entry->next)
		if (!strcmp(entry->name, name)) return entry->value;
	return NULL;
}
const char *udev_device_get_devnode(struct udev_device *it) { return udev_device_get_property_value(it, "DEVNAME"); }
const char *udev_device_get_syspath(struct udev_device *it) {
	static __thread char path[sizeof SYSPATH + NAME];
	snprintf(path, sizeof path, SYSPATH "%s", it->name);
	return path;
}
const char *udev_device_get_action(struct udev_device *it) { return it->action; }
const char *udev_device_get_subsystem(struct udev_device *it) { (void)it; return "tty"; }
const char *udev_device_get_sysname(struct udev_device *it) { return it->name; }
const char *udev_device_get_devtype(struct udev_device *it) { (void)it; return NULL; }
const char *udev_device_get_driver(struct udev_device *it) { (void)it; return NULL; }
const char *udev_device_get_sysattr_value(struct udev_device *it, const char *name) { (void)it, (void)name; return NULL; }
struct udev_device *udev_device_get_parent(struct udev_device *it) { (void)it; return NULL; }
struct udev_device *udev_device_get_parent_with_subsystem_devtype(struct udev_device *it, const char *subsystem, const char *type) {
	(void)it, (void)subsystem, (void)type;
	return NULL;
}
struct udev_list_entry *udev_device_get_properties_list_entry(struct udev_device *it) { return it->properties; }
struct udev_list_entry *udev_list_entry_get_next(struct udev_list_entry *entry) { return entry->next; }
const char *udev_list_entry_get_name(struct udev_list_entry *entry) { return entry->name; }
const char *udev_list_entry_get_value(struct udev_list_entry *entry) { return entry->value; }

struct udev_enumerate *udev_enumerate_new(void *udev) { (void)udev; return calloc(1, sizeof(struct udev_enumerate)); }
int udev_enumerate_add_match_subsystem(struct udev_enumerate *it, const char *subsystem) {
	it->filtered = 1;
	it->wants_tty |= !strcmp(subsystem, "tty");
	return 0;
}
int udev_enumerate_scan_devices(struct udev_enumerate *it) {
	DIR *listing = !it->filtered || it->wants_tty ? opendir(folder()) : NULL;
	for (struct dirent *file; listing && (file = readdir(listing));) {
		char syspath[sizeof SYSPATH + NAME];
		if (!is_port(file->d_name)) continue;
		snprintf(syspath, sizeof syspath, SYSPATH "%.31s", file->d_name);
		it->found = add(it->found, syspath, "");
	}
	if (listing) closedir(listing);
	return 0;
}
struct udev_list_entry *udev_enumerate_get_list_entry(struct udev_enumerate *it) { return it->found; }
struct udev_enumerate *udev_enumerate_unref(struct udev_enumerate *it) {
	drop(it->found);
	free(it);
	return NULL;
}

struct udev_monitor *udev_monitor_new_from_netlink(void *udev, const char *name) {
	struct udev_monitor *made = calloc(1, sizeof *made);
	(void)udev, (void)name;
	made->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	return made;
}
int udev_monitor_filter_add_match_subsystem_devtype(struct udev_monitor *it, const char *subsystem, const char *type) {
	(void)type;
	it->filtered = 1;
	it->wants_tty |= !strcmp(subsystem, "tty");
	return 0;
}
int udev_monitor_enable_receiving(struct udev_monitor *it) {
	if (!it->filtered || it->wants_tty) inotify_add_watch(it->fd, folder(), IN_CREATE | IN_DELETE);
	return 0;
}
int udev_monitor_get_fd(struct udev_monitor *it) { return it->fd; }
struct udev_device *udev_monitor_receive_device(struct udev_monitor *it) {
	union { struct inotify_event event; char room[sizeof(struct inotify_event) + NAME_MAX + 1]; } came;
	ssize_t got = -1;
	/* Exactly one event: of a longer read the rest would wait with nobody woken for it. */
	for (size_t size = 2 * sizeof came.event; got < 0 && size <= sizeof came; size += sizeof came.event)
		if ((got = read(it->fd, &came, size)) < 0 && errno != EINVAL) return NULL;
	if (got < 0 || !came.event.len || !is_port(came.event.name)) return NULL;
	return device(came.event.name, came.event.mask & IN_CREATE ? "add" : "remove");
}
struct udev_monitor *udev_monitor_unref(struct udev_monitor *it) {
	close(it->fd);
	free(it);
	return NULL;
}

/* ---- which of them are serial ports, and who opens them ---- */

#define MAX_FD 4096
static struct { char name[NAME]; int lines; } opened[MAX_FD];

static void note(const char *name, const char *format, ...) {
	char path[PATH_MAX], line[128];
	va_list facts;
	va_start(facts, format);
	int length = vsnprintf(line, sizeof line, format, facts);
	va_end(facts);
	path_of(path, name, ".log");
	int fd = NEXT(open64)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0) return;
	if (write(fd, line, (size_t)length) < 0) perror(path);
	close(fd);
}

/* The name of the port that a path opens; NULL for every other file. */
static const char *port_at(const char *path) {
	size_t length = strlen(folder());
	if (strncmp(path, folder(), length) || path[length] != '/') return NULL;
	return is_port(path + length + 1) ? path + length + 1 : NULL;
}

/* The name of the port that is open on a descriptor: nobody tells us when it is closed. */
static const char *port_on(int fd) {
	struct stat status;
	if (fd < 0 || fd >= MAX_FD || !opened[fd].name[0]) return NULL;
	if (!fstat(fd, &status) && S_ISCHR(status.st_mode) && major(status.st_rdev) == 136) return opened[fd].name;
	opened[fd].name[0] = 0;
	return NULL;
}

static int drivers(void) {
	static const char row[] = "usbserial            /dev/ttyUSB   188 0-511 serial\n";
	int fd = memfd_create("drivers", MFD_CLOEXEC);
	if (write(fd, row, sizeof row - 1) < 0) perror(DRIVERS);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static int open_as(const char *path, int flags, mode_t mode) {
	char busy[PATH_MAX];
	if (!strcmp(path, DRIVERS)) return drivers();
	const char *name = port_at(path);
	if (!name) return NEXT(open64)(path, flags, mode);
	path_of(busy, name, ".busy");
	if (!access(busy, F_OK)) {
		errno = EBUSY;
		return -1;
	}
	int fd = NEXT(open64)(path, flags, mode);
	if (fd < 0 || fd >= MAX_FD) return fd;
	snprintf(opened[fd].name, NAME, "%s", name);
	opened[fd].lines = 0;
	note(name, "open\n");
	return fd;
}

static mode_t mode_in(int flags, va_list *rest) {
	return flags & (O_CREAT | O_TMPFILE) ? (mode_t)va_arg(*rest, int) : 0;
}
int open(const char *path, int flags, ...) {
	va_list rest;
	va_start(rest, flags);
	mode_t mode = mode_in(flags, &rest);
	va_end(rest);
	return open_as(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
	va_list rest;
	va_start(rest, flags);
	mode_t mode = mode_in(flags, &rest);
	va_end(rest);
	return open_as(path, flags, mode);
}
FILE *fopen(const char *path, const char *how) { return strcmp(path, DRIVERS) ? NEXT(fopen64)(path, how) : fdopen(drivers(), how); }
FILE *fopen64(const char *path, const char *how) { return strcmp(path, DRIVERS) ? NEXT(fopen64)(path, how) : fdopen(drivers(), how); }

/* ---- what a pty does not know ---- */

/* The kernel knows the rate once it is set; of the form a pty keeps nothing, so it is read from the wish. */
static int set_form(int fd, struct termios2 *set) {
	struct termios2 kept = {0};
	int result = NEXT(ioctl)(fd, TCSETS2, set);
	NEXT(ioctl)(fd, TCGETS2, &kept);
	unsigned size = set->c_cflag & CSIZE;
	note(opened[fd].name, "termios %u %d%c%d\n", kept.c_ospeed,
		size == CS5 ? 5 : size == CS6 ? 6 : size == CS7 ? 7 : 8,
		!(set->c_cflag & PARENB) ? 'N' : set->c_cflag & PARODD ? 'O' : 'E', set->c_cflag & CSTOPB ? 2 : 1);
	return result;
}

static int set_lines(int fd, int lines) {
	opened[fd].lines = lines;
	note(opened[fd].name, "lines dtr=%d rts=%d\n", !!(lines & TIOCM_DTR), !!(lines & TIOCM_RTS));
	return 0;
}

int ioctl(int fd, unsigned long request, ...) {
	va_list rest;
	va_start(rest, request);
	void *argument = va_arg(rest, void *);
	va_end(rest);
	const char *name = port_on(fd);
	if (name) switch (request) {
		case TIOCEXCL: case TIOCNXCL: return 0;
		case TIOCMGET: *(int *)argument = opened[fd].lines; return 0;
		case TIOCMSET: return set_lines(fd, *(int *)argument);
		case TIOCMBIS: return set_lines(fd, opened[fd].lines | *(int *)argument);
		case TIOCMBIC: return set_lines(fd, opened[fd].lines & ~*(int *)argument);
		case TIOCSBRK: note(name, "break 1\n"); return 0;
		case TIOCCBRK: note(name, "break 0\n"); return 0;
		case TCSETS2: return set_form(fd, argument);
	}
	return NEXT(ioctl)(fd, request, argument);
}

int tcflush(int fd, int queue);
int tcflush(int fd, int queue) {
	const char *name = port_on(fd);
	if (!name) return NEXT(tcflush)(fd, queue);
	note(name, "flush %s\n", queue == TCIFLUSH ? "in" : queue == TCOFLUSH ? "out" : "both");
	if (getenv("FAKE_TTY_KEEP_TX")) return queue == TCOFLUSH ? 0 : NEXT(tcflush)(fd, TCIFLUSH);
	return NEXT(tcflush)(fd, queue);
}

int tcdrain(int fd);
int tcdrain(int fd) {
	if (port_on(fd)) note(opened[fd].name, "drain\n");
	return NEXT(tcdrain)(fd);
}
