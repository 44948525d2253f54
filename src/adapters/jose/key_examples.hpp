#pragma once
#include <string_view>

/// Keys made for these tests, and tokens that OpenSSL, not we, signed with them: id amina, role agent, company acme.
namespace calldocker::adapters::jose::examples {

inline constexpr std::string_view rsa_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAt2KSMBQ5rzoaTzmGn7Bu\n"
    "fHgZlXJVe4lWmTvfrLj9+Qxq+ix+2EvMKJusGdybIDhKD8Xv3BLyIsFQDv2SNO4K\n"
    "4fF6p/u51MmJ7zFktQFtq7MsSQ1GODJS3I/KTmkPsdQifVnwci9Yrg36I8zr2uaM\n"
    "9/ed2pQoyCChBESRuXlm0Quj0q/dFTzr2ya6dpYfRmNQenydOGCPRKmZHCCJPv4d\n"
    "qXINtog9yD5ijJ6jEp/bSiYFJT08NHIZ19IPanBpmXGlfbVy1bXeExYJk/QjLq5O\n"
    "VRVEI0jW9+8LVdwS1IDc+W1l41VzkbgiwkNUo8siRSndhEqWTAOSSqqM+T/jflEL\n"
    "MwIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr std::string_view rsa_token =
    "eyJhbGciOiJSUzI1NiJ9.eyJpZCI6ImFtaW5hIiwicm9sZSI6ImFnZW50IiwiY29tcGFueV9pZCI6ImFjbWUifQ.TrDuvwiMi7eDD1twry2AYN"
    "ppZNEMkgKlc9E1vIh4qJQKgJQ6rwzuEA2A_-2U2GE6aRApPYxh-3Kzj-vndhuiDsJmIgaWFQWMnCisWrAF051jh_-6JoqFRh0gNoKMQh-WL3vw"
    "N1wVf8yWD_mQOIlIHD8OHVCowtT6Zetutr_lSSpkaiEarF0RvmlYuyFwRn7rzwqQdTGzygNSsnyGBHMfOBroYTe_WD7PtpfvhTbYWR42Nwyi7S"
    "rW2oxPi-__Nk7ndPPgZDV29aQbcA8fAkk7BcvbtVchiWKCOltp0UYQBXtC-i1n41u1UL-o0OsD6Tr0zBcDyEIQD0jS7U90capvbg";
inline constexpr std::string_view ec_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE4F8uyYB6iOBvlQX4rqTx7gVdtJtg\n"
    "2+HyEbj+ioAKob1Izc67pOKjfx+C8tNs09+rSngbmqynWDFMk9xiCP2VQQ==\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr std::string_view ec_token =
    "eyJhbGciOiJFUzI1NiJ9.eyJpZCI6ImFtaW5hIiwicm9sZSI6ImFnZW50IiwiY29tcGFueV9pZCI6ImFjbWUifQ.5_SSh2PmsCd8_LpZ5CunEa"
    "58DqXFOlJWQ72znWOP80nnugeRq6wV746yEjWoTc0bf5DHJJd6-QYRcGAQTUUDZQ";

/// Its header names the key `one`.
inline constexpr std::string_view ec_token_kid_one =
    "eyJhbGciOiJFUzI1NiIsImtpZCI6Im9uZSJ9.eyJpZCI6ImFtaW5hIiwicm9sZSI6ImFnZW50IiwiY29tcGFueV9pZCI6ImFjbWUifQ.hVbUbe"
    "C51M5NKrDVasRR59Lf9hw0N3jqizUviNxL6d3a1WQong6bvaHarNf5l6imw7_3iSKWqxXoNb1wMeFEFw";

inline constexpr std::string_view rsa_1024_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDc8CCKqXRh3oWEznJHBHvLaThz\n"
    "7gdt6SXTkraF6W/ACpE71TcbYoamySQfTIXFmU1ZcEd6ADUQojIF/ohljwkaultb\n"
    "yPqzFM8czBONO50W+x06rM7KHzz3irlGJH/qaaspu+5yaVocrwVlTrNQ4hcPQ/Og\n"
    "clpp3Ui54H8gLsyUgwIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr std::string_view ec_p384_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAExdbULpYaLrQiiQQZUO7+vWkoLzeLSVYz\n"
    "u07TYF2klCq3VsaxMS0KULc2bS+P10BMwqcLkZ0X0HeOJPMBDyPwFQ4nglGN1r4H\n"
    "zGzv5X6IGsbeUczlA7X1qmqCezoExlo8\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr std::string_view ed25519_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAqHm5jF9ninL/suJY2JNiE+O6TldVK3Ye+zAdJuAD6L0=\n"
    "-----END PUBLIC KEY-----\n";

}  // namespace calldocker::adapters::jose::examples
