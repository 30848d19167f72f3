"""Swapchains and their images (section 10.1)."""

from __future__ import annotations

import ctypes
from typing import Any, Final

import xr

from tests.headset.openxr.bridge import fill, give_handle
from tests.headset.openxr.fake.model import Handle, R, RefusalError, Runtime

FORMATS: Final = (0x8C43, 0x8058, 0x881A, 0x8CAC, 0x81A6, 0x88F0)
"""GL_SRGB8_ALPHA8, RGBA8, RGBA16F, DEPTH_COMPONENT32F, DEPTH_COMPONENT24, DEPTH24_STENCIL8."""

IMAGES: Final = 3
STATIC: Final = int(xr.SwapchainCreateFlags.STATIC_IMAGE_BIT)


def formats(runtime: Runtime, session: Handle, *out: Any) -> int:
    return fill(FORMATS, *out)


def create(runtime: Runtime, session: Handle, info: Any, out: Any) -> None:
    info = info.contents
    if int(info.format) not in FORMATS:
        raise RefusalError(R.ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED, f"{int(info.format):#x} is not among what was enumerated")
    if not (0 < info.width <= 8192 and 0 < info.height <= 8192):
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"{info.width} x {info.height} is not between 1 and 8192")
    if info.sample_count not in (1, 2, 4) or info.face_count not in (1, 6) or not info.array_size or not info.mip_count:
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, "samples, faces, arrays and mips must be given")
    if not int(info._usage_flags):
        raise RefusalError(R.ERROR_VALIDATION_FAILURE, "no usage")
    static = bool(int(info._create_flags) & STATIC)
    made = runtime.make(
        "swapchain", session, size=(info.width, info.height), array=info.array_size, static=static, count=1 if static else IMAGES,
        acquired=[], waited=False, released=0, next=0,
    )  # fmt: skip
    give_handle(out, made.number)


def images(runtime: Runtime, chain: Handle, capacity: int, count: Any, items: Any) -> Any:
    """Each a texture of its own."""
    count[0] = chain.facts["count"]
    if capacity == 0:
        return None
    if capacity < chain.facts["count"]:
        return R.ERROR_SIZE_INSUFFICIENT
    textures = ctypes.cast(items, ctypes.POINTER(xr.SwapchainImageOpenGLKHR))
    for index in range(chain.facts["count"]):
        if textures[index]._type != xr.StructureType.SWAPCHAIN_IMAGE_OPENGL_KHR.value:
            raise RefusalError(R.ERROR_VALIDATION_FAILURE, f"image {index} has type {textures[index]._type}")
        textures[index].image = chain.number * 10 + index
    return None


def acquire(runtime: Runtime, chain: Handle, info: Any, out: Any) -> None:
    """Up to as many as there are, one after the other; a static image once in its life."""
    held = chain.facts["acquired"]
    if len(held) == chain.facts["count"] or (chain.facts["static"] and chain.facts["released"]):
        raise RefusalError(R.ERROR_CALL_ORDER_INVALID, "all images are acquired, or the static one was released")
    if held:
        runtime.broke("xrAcquireSwapchainImage", "an image is acquired already")
    held.append(chain.facts["next"])
    out[0] = chain.facts["next"]
    chain.facts["next"] = (chain.facts["next"] + 1) % chain.facts["count"]


def wait(runtime: Runtime, chain: Handle, info: Any) -> Any:
    if not chain.facts["acquired"] or chain.facts["waited"]:
        raise RefusalError(R.ERROR_CALL_ORDER_INVALID, "no image is acquired, or it was waited for already")
    if not runtime.image_ready:
        runtime.time.sleep(min(int(info.contents.timeout), 10**12) / 1e9)
        return R.TIMEOUT_EXPIRED
    chain.facts["waited"] = True
    return None


def release(runtime: Runtime, chain: Handle, info: Any) -> None:
    if not chain.facts["waited"]:
        raise RefusalError(R.ERROR_CALL_ORDER_INVALID, "the image was not waited for")
    chain.facts["acquired"].pop(0)
    chain.facts["waited"] = False
    chain.facts["released"] += 1


def destroy(runtime: Runtime, chain: Handle) -> None:
    runtime.destroy(chain)
