"""Passwords: which are taken, and how they are kept and compared (argon2id)."""

from secrets import token_urlsafe
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from corpus.errors import InputError

LEAST, MOST = 10, 200  # characters
# OWASP's least for argon2id: 19 MiB, two passes, one lane. Two at once take 38 MiB.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_SEATS = BoundedSemaphore(2)
_NOBODYS = _HASHER.hash(token_urlsafe())


def checked(password: str, name: str) -> str:
    """Return a password that may be used; raises InputError saying why not."""
    if len(password) < LEAST:
        raise InputError(f"密码至少 {LEAST} 个字符，请换一个长一些的")
    if len(password) > MOST:
        raise InputError(f"密码最多 {MOST} 个字符，请换一个短一些的")
    if password.casefold() == name.casefold():
        raise InputError("密码不能和名字相同，请换一个")
    if len(set(password)) == 1:
        raise InputError("密码不能全是同一个字符，请换一个")
    return password


def hashed(password: str) -> str:
    """Return what is kept of a password."""
    with _SEATS:
        return _HASHER.hash(password.encode(errors="surrogatepass"))


def fits(password: str, kept: str | None) -> bool:
    """Tell whether a password is the kept one; where none is kept it takes as long to say no."""
    with _SEATS:
        try:
            same = _HASHER.verify(kept or _NOBODYS, password.encode(errors="surrogatepass"))
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
    return same and kept is not None
