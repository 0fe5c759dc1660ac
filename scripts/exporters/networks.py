"""Known architectures in miniature, with calibration data: what every exporter of this folder quantizes.

Weights are random multiples of 1/32, so that the files compress well. Batch normalization is there, in evaluation mode.
"""
import torch
from torch import nn
from torch.nn import functional as F


def conv(inputs, outputs, kernel=3, stride=1, groups=1, act=nn.ReLU):
    layers = [nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([act()] if act else []))


class Residual(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.first = conv(inputs, outputs, stride=stride)
        self.second = conv(outputs, outputs, act=None)
        self.skip = nn.Identity() if inputs == outputs else conv(inputs, outputs, 1, stride, act=None)
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.second(self.first(x)) + self.skip(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = conv(3, 16, stride=2)
        self.pool = nn.MaxPool2d(3, 2, 1)
        self.blocks = nn.Sequential(Residual(16, 16), Residual(16, 32, 2))
        self.head = nn.Linear(32, 16)

    def forward(self, x):
        x = self.blocks(self.pool(self.stem(x)))
        return self.head(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


class Inverted(nn.Module):
    """MobileNet's block; with squeeze also its squeeze-and-excitation."""

    def __init__(self, inputs, outputs, stride, act, squeeze):
        super().__init__()
        wide = 2 * inputs
        self.expand = conv(inputs, wide, 1, act=act)
        self.depthwise = conv(wide, wide, 3, stride, wide, act)
        self.squeeze = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(wide, 16, 1), act(), nn.Conv2d(16, wide, 1), nn.Sigmoid()) if squeeze else None
        self.project = conv(wide, outputs, 1, act=None)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        y = self.depthwise(self.expand(x))
        if self.squeeze is not None:
            y = y * self.squeeze(y)
        y = self.project(y)
        return x + y if self.residual else y


class MobileNet(nn.Module):
    def __init__(self, act=nn.ReLU6, squeeze=False):
        super().__init__()
        self.stem = conv(3, 16, stride=2, act=act)
        self.blocks = nn.Sequential(Inverted(16, 16, 1, act, squeeze), Inverted(16, 32, 2, act, squeeze), Inverted(32, 32, 1, act, squeeze))
        self.head = nn.Linear(32, 16)

    def forward(self, x):
        x = self.blocks(self.stem(x))
        return self.head(torch.flatten(F.adaptive_avg_pool2d(x, 1), 1))


class Bottleneck(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first, self.second = conv(channels, channels, act=nn.SiLU), conv(channels, channels, act=nn.SiLU)

    def forward(self, x):
        return x + self.second(self.first(x))


class C2f(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.first = conv(inputs, outputs, 1, act=nn.SiLU)
        self.block = Bottleneck(outputs // 2)
        self.last = conv(outputs // 2 * 3, outputs, 1, act=nn.SiLU)

    def forward(self, x):
        a, b = self.first(x).chunk(2, 1)
        return self.last(torch.cat([a, b, self.block(b)], 1))


class Sppf(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first, self.last = conv(channels, channels // 2, 1, act=nn.SiLU), conv(channels * 2, channels, 1, act=nn.SiLU)
        self.pool = nn.MaxPool2d(5, 1, 2)

    def forward(self, x):
        x = self.first(x)
        y = self.pool(x)
        z = self.pool(y)
        return self.last(torch.cat([x, y, z, self.pool(z)], 1))


class Yolo(nn.Module):
    """Stem, C2f, SPPF, the upper path of the neck, and a head of two convolutions."""

    def __init__(self):
        super().__init__()
        self.stem = conv(3, 16, stride=2, act=nn.SiLU)
        self.fine = C2f(16, 32)
        self.down = conv(32, 32, stride=2, act=nn.SiLU)
        self.coarse = Sppf(32)
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.neck = C2f(64, 32)
        self.box, self.classes = nn.Conv2d(32, 16, 1), nn.Conv2d(32, 8, 1)

    def forward(self, x):
        fine = self.fine(self.stem(x))
        x = self.neck(torch.cat([self.up(self.coarse(self.down(fine))), fine], 1))
        return torch.cat([self.box(x), self.classes(x).sigmoid()], 1).flatten(2)


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Sequential(conv(3, 16), conv(16, 16))
        self.deep = nn.Sequential(nn.MaxPool2d(2), conv(16, 32))
        self.up = nn.ConvTranspose2d(32, 16, 2, 2)
        self.last = nn.Sequential(conv(32, 16), nn.Conv2d(16, 2, 1))

    def forward(self, x):
        fine = self.first(x)
        return self.last(torch.cat([fine, self.up(self.deep(fine))], 1))


class Block(nn.Module):
    """A transformer's layer: attention of two heads, then two linear layers; normalized before (ViT) or after (BERT)."""

    def __init__(self, width, before):
        super().__init__()
        self.width, self.before = width, before
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.wide, self.narrow, self.act = nn.Linear(width, 2 * width), nn.Linear(2 * width, width), nn.GELU()

    def heads(self, x):
        return x.view(x.size(0), x.size(1), 2, self.width // 2).transpose(1, 2)

    def attention(self, x):
        q, k, v = self.heads(self.query(x)), self.heads(self.key(x)), self.heads(self.value(x))
        scores = torch.matmul(q, k.transpose(-1, -2)) / (self.width // 2) ** 0.5
        y = torch.matmul(scores.softmax(-1), v).transpose(1, 2)
        return self.out(y.reshape(x.size(0), x.size(1), self.width))

    def mlp(self, x):
        return self.narrow(self.act(self.wide(x)))

    def forward(self, x):
        if self.before:
            x = x + self.attention(self.norm1(x))
            return x + self.mlp(self.norm2(x))
        x = self.norm1(x + self.attention(x))
        return self.norm2(x + self.mlp(x))


class ViT(nn.Module):
    def __init__(self):
        super().__init__()
        self.patches = nn.Conv2d(3, 32, 8, 8)
        self.position = nn.Parameter(torch.zeros(1, 16, 32))
        self.blocks = nn.Sequential(Block(32, True), Block(32, True))
        self.norm, self.head = nn.LayerNorm(32), nn.Linear(32, 16)

    def forward(self, x):
        x = self.patches(x).flatten(2).transpose(1, 2) + self.position
        return self.head(self.norm(self.blocks(x)).mean(1))


class Bert(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(64, 32)
        self.norm, self.block, self.head = nn.LayerNorm(32), Block(32, False), nn.Linear(32, 16)

    def forward(self, ids):
        return self.head(self.block(self.norm(self.words(ids))))


NETWORKS = {
    "resnet": ResNet, "mobilenet": MobileNet, "se": lambda: MobileNet(nn.SiLU, True), "yolo": Yolo, "unet": UNet, "vit": ViT, "bert": Bert,
}


def network(name):
    """The network in evaluation mode; every call gives the same weights."""
    torch.manual_seed(0)
    model = NETWORKS[name]().eval()
    with torch.no_grad():
        for key, value in model.named_parameters():
            # Of one dimension: biases, and the factors of normalizations.
            spread = value * 2 if value.dim() > 1 else value + torch.randn_like(value) / 8
            value.copy_((spread * 32).round() / 32)
    return model


def inputs(name, count=8):
    """A list of input tensors, each one call of the network."""
    random = torch.Generator().manual_seed(1)
    if name == "bert":
        return [torch.randint(0, 64, (1, 16), generator=random) for _ in range(count)]
    return [torch.randn(1, 3, 32, 32, generator=random) for _ in range(count)]
