# Files and folders, as os gives them.

import os
import stat
import sys


def raises(kind, action, *arguments, **named):
    try:
        action(*arguments, **named)
    except kind as error:
        return str(error)
    assert False, f"no {kind.__name__}"


def open_files(folder):
    path = os.path.join(folder, "file")
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    assert os.write(file, b"hello world") == 11
    assert os.lseek(file, 6, os.SEEK_SET) == 6 and os.read(file, 100) == b"world"
    assert os.pread(file, 5, 0) == b"hello" and os.pwrite(file, b"J", 0) == 1
    assert not os.get_inheritable(file)
    os.set_inheritable(file, True)
    assert os.get_inheritable(file) and os.get_blocking(file) and not os.isatty(file)
    os.ftruncate(file, 5)
    os.fsync(file)
    assert os.fstat(file).st_size == 5 and os.stat(file).st_size == 5
    again = os.dup(file)
    os.close(file)
    assert os.pread(again, 10, 0) == b"Jello"
    os.close(again)
    assert raises(OSError, os.close, again) == "[Errno 9] Bad file descriptor"
    ours, theirs = os.pipe()
    os.write(theirs, b"x")
    assert os.read(ours, 1) == b"x"
    os.close(ours)
    os.close(theirs)


def what_the_system_says(folder):
    path = os.path.join(folder, "file")
    said = os.stat(path)
    assert stat.S_ISREG(said.st_mode) and stat.S_IMODE(said.st_mode) == 0o600
    assert said[6] == said.st_size == 5 and len(said) == 10
    assert int(said.st_mtime) == said[8] and said.st_mtime_ns // 10**9 == said[8]
    assert repr(said).startswith("os.stat_result(st_mode=33152, st_ino=")
    os.utime(path, ns=(1_000_000_001, 2_000_000_002))
    assert os.stat(path).st_mtime_ns == 2_000_000_002
    os.utime(path, (5, 7.5))
    assert os.stat(path).st_mtime == 7.5 and os.stat(path).st_atime == 5
    os.chmod(path, 0o400)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o400
    assert os.access(path, os.R_OK) and not os.access(path + "x", os.F_OK)
    assert os.path.exists(path) and os.path.isfile(path) and os.path.isdir(folder)
    assert raises(FileNotFoundError, os.stat, path + "x") == (
        f"[Errno 2] No such file or directory: '{path}x'")
    assert raises(TypeError, os.stat, 1.5) == (
        "stat: path should be string, bytes, os.PathLike or integer, not float")
    assert os.statvfs(folder).f_bsize > 0


def links(folder):
    path = os.path.join(folder, "file")
    link = os.path.join(folder, "link")
    os.symlink("file", link)
    assert os.readlink(link) == "file" and os.path.islink(link)
    assert os.readlink(os.fsencode(link)) == b"file"
    assert os.lstat(link).st_ino != os.stat(link).st_ino == os.stat(path).st_ino
    os.link(path, path + "2")
    assert os.stat(path).st_nlink == 2
    os.rename(path + "2", path + "3")
    os.replace(path + "3", path + "4")
    os.unlink(path + "4")
    assert raises(FileNotFoundError, os.rename, path + "2", path + "3") == (
        f"[Errno 2] No such file or directory: '{path}2' -> '{path}3'")


def folders(folder):
    os.makedirs(os.path.join(folder, "a", "b"))
    assert sorted(os.listdir(folder)) == ["a", "file", "link"]
    assert sorted(os.listdir(os.fsencode(folder))) == [b"a", b"file", b"link"]
    with os.scandir(folder) as entries:
        found = {entry.name: entry for entry in entries}
    assert found["a"].is_dir() and not found["a"].is_file()
    assert found["link"].is_symlink() and found["link"].is_file()
    assert not found["link"].is_file(follow_symlinks=False)
    assert found["file"].path == os.path.join(folder, "file") == os.fspath(found["file"])
    assert found["file"].stat().st_size == 5 and repr(found["a"]) == "<DirEntry 'a'>"
    assert found["file"].inode() == os.stat(found["file"]).st_ino
    assert [names for _, names, _ in os.walk(folder)] == [["a"], ["b"], []]
    before = os.getcwd()
    os.chdir(folder)
    assert os.path.realpath(os.getcwd()) == os.path.realpath(folder)
    assert os.getcwdb() == os.fsencode(os.getcwd())
    os.chdir(before)
    number = os.open(folder, os.O_RDONLY)
    assert os.stat("file", dir_fd=number).st_size == 5
    assert sorted(os.listdir(number)) == ["a", "file", "link"]
    os.mkdir("c", dir_fd=number)
    os.rmdir("c", dir_fd=number)
    os.close(number)
    assert raises(FileExistsError, os.mkdir, os.path.join(folder, "a")).startswith("[Errno 17]")
    assert raises(OSError, os.rmdir, os.path.join(folder, "a")).startswith("[Errno 39]")


def the_library():
    import shutil
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            file.write(b"some")
        copy = shutil.copy2(file.name, os.path.join(folder, "copy"))
        with open(copy, "rb") as again:
            assert again.read() == b"some"
        shutil.copytree(folder, folder + "2")
        assert sorted(os.listdir(folder)) == sorted(os.listdir(folder + "2"))
        shutil.rmtree(folder + "2")
    assert not os.path.exists(folder)


def remove_all(folder):
    for place, folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.unlink(os.path.join(place, name))
        for name in folders:
            os.rmdir(os.path.join(place, name))
    os.rmdir(folder)


home = os.path.join(os.environ.get("TMPDIR", "/tmp"), f"orochi-files-{os.getpid()}")
os.mkdir(home, 0o700)
try:
    open_files(home)
    what_the_system_says(home)
    links(home)
    folders(home)
finally:
    remove_all(home)
assert not os.path.exists(home)
if "_sha512" in sys.builtin_module_names:  # tempfile imports random, and that hashlib
    the_library()
