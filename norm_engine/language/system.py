"""What the operating system says, in the language in force."""

import errno

from norm_engine.language import _


def system_reason(error: OSError) -> str:
    """Why the system refuses, in the language in force where the reason is a usual one."""
    usual = {
        errno.EACCES: _("you may not do this here"),
        errno.EPERM: _("you may not do this here"),
        errno.EROFS: _("nothing can be written on this disk"),
        errno.ENOSPC: _("the disk is full"),
        errno.ENOENT: _("there is no such file or folder"),
        errno.EISDIR: _("this is a folder, not a file"),
        errno.EEXIST: _("there is a file already where a folder would be"),
        errno.ENOTDIR: _("there is a file already where a folder would be"),
        errno.ELOOP: _("its links lead round in a circle"),
        errno.ENAMETOOLONG: _("the name is too long"),
        errno.EIO: _("the disk cannot be read there"),
    }
    return usual.get(error.errno or 0) or error.strerror or str(error)
