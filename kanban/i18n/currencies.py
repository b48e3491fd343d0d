"""Currencies: the ISO 4217 codes in use, their minor units, and the signs and words people write for them."""

_LISTED = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR
ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD
SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND
VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CODES = frozenset(_LISTED.split())
_NO_CENTS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_MILLIEMES = "BHD IQD JOD KWD LYD OMR TND"
_MINOR_UNITS = {
    **dict.fromkeys(_NO_CENTS.split(), 0),
    **dict.fromkeys(_MILLIEMES.split(), 3),
}
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "ARS", "CLP", "COP")
_SIGNS: dict[str, tuple[str, ...]] = {
    "€": ("EUR",),
    "$": _DOLLARS,
    "£": ("GBP", "EGP", "LBP"),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₪": ("ILS",),
    "₫": ("VND",),
    "₺": ("TRY",),
    "₴": ("UAH",),
    "₽": ("RUB",),
    "₱": ("PHP",),
    "zł": ("PLN",),
    "us$": ("USD",),
    "$us": ("USD",),
    "ca$": ("CAD",),
    "c$": ("CAD",),
    "$ca": ("CAD",),
    "a$": ("AUD",),
    "au$": ("AUD",),
    "$au": ("AUD",),
    "nz$": ("NZD",),
    "$nz": ("NZD",),
    "hk$": ("HKD",),
    "$hk": ("HKD",),
    "s$": ("SGD",),
    "$sg": ("SGD",),
    "nt$": ("TWD",),
    "mx$": ("MXN",),
    "$mx": ("MXN",),
    "r$": ("BRL",),
    "£gb": ("GBP",),
    "cn¥": ("CNY",),
    "fcfa": ("XOF", "XAF"),
    "f cfa": ("XOF", "XAF"),
    "euro": ("EUR",),
    "euros": ("EUR",),
    "dollar": _DOLLARS,
    "dollars": _DOLLARS,
    "livre sterling": ("GBP",),
    "livres sterling": ("GBP",),
    "pounds": ("GBP",),
    "francs suisses": ("CHF",),
}


def minor_units(currency: str) -> int:
    """How many decimals an amount in this currency has: 2, but 0 for yen or CFA francs, 3 for some dinars."""
    return _MINOR_UNITS.get(currency, 2)


def currency_of(text: str, default: str = "") -> str:
    """The ISO code that a code, sign or word stands for, "" when it is none that is known.

    A sign that several currencies share (`$`, `¥`) is the default currency when that is one of them, else the first.
    """
    name = text.casefold().strip(" .")
    if name.upper() in CODES:
        return name.upper()
    meant = _SIGNS.get(name, ())
    return default if default in meant else (meant[0] if meant else "")
