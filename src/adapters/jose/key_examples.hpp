#pragma once
#include <string_view>

/// Keys made for these tests, and tokens that OpenSSL, not we, signed with them: id amina, role agent, company acme, issuer
/// https://shop.example, audience calldocker, good until 3600 s after 1,700,000,000.
namespace calldocker::adapters::jose::examples {

inline constexpr std::string_view rsa_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq0C1GI6NzrlHxBXnkyJi\n"
    "8o988psj0NdgXpeV+bwoNwWk4b1fxseDzNHvxk/8+buQg/EJlKSdIK2oZ/6/b1x9\n"
    "16HlBNTCltGZhAHcNdx8skiNbgRClSAizyZR4+hFgPBwoBYdbe2x7D7m0+Lya7K8\n"
    "F9yByWwoNnDSDw3DYHmCTnag+Swph3tsfDh5dwSXbvha4kJ3xgLl89ix8ElynmFX\n"
    "cz9Q82KTGmBGbWHRW8WLZpnpVKcx0mDr3DFoJ5IfcaHl3d/FDvgPIaFH3AoTcEYN\n"
    "/Jv5ECN6WUH13VX/t2cXscSzuaB5ygWgAbW1IyUyRMRzyfLBz4vtlrdSgDZT5uVn\n"
    "DwIDAQAB\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr std::string_view rsa_token =
    "eyJhbGciOiJSUzI1NiJ9.eyJpZCI6ImFtaW5hIiwicm9sZSI6ImFnZW50IiwiY29tcGFueV9pZCI6ImFjbWUiLCJpc3MiOiJodHRwczovL3Nob"
    "3AuZXhhbXBsZSIsImF1ZCI6ImNhbGxkb2NrZXIiLCJleHAiOjE3MDAwMDM2MDB9.gYebk0jx8i51clu0jD8xxO2tx08Q-8-Kh-Yr4NCAp9lu9t"
    "UqZChihMnLr6i50xtiQtqyvB6w1l_UIjj2SCbBmjhO1pP_EFQwruOcpLkpwmHroe5xP4H2WopwXA-aD-I0sdy4zBZ12APVi-nivtWSnawaqwcl"
    "-kKMWfHRs_zCDuOBZgnM7DDiKSUZH20OPYzmy-4AS6dnxrv3xnF-IqO0npFnKbexBeaubZb7cngNe6E71jlk3tvnffO_GFw8oXNcXk9gdksttG"
    "LBO2t4O7Muvzgimab0eBnA0tjty-gdBeph1BHOF0kp7i_rTSn8rVQScwpJJO0r3VKcZrO7jX5XOA";
inline constexpr std::string_view ec_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpjZFMEZZF49lN85zU+EqSYpmnh9j\n"
    "hCqUcNDoR2Y9akPHxskK09VVRJ0nm5klALxvol++4bH1xaOJ191+WsWNgg==\n"
    "-----END PUBLIC KEY-----\n";
inline constexpr std::string_view ec_token =
    "eyJhbGciOiJFUzI1NiJ9.eyJpZCI6ImFtaW5hIiwicm9sZSI6ImFnZW50IiwiY29tcGFueV9pZCI6ImFjbWUiLCJpc3MiOiJodHRwczovL3Nob"
    "3AuZXhhbXBsZSIsImF1ZCI6ImNhbGxkb2NrZXIiLCJleHAiOjE3MDAwMDM2MDB9.407OigQgAqTFVeVbvy4owC6vzGrDS69k9fXqvGfw-v1gtM"
    "KtTKLSpY_kN_zyoeJQq84IfW3AJR5md97LVdGuzg";

/// Its header names the key `one`.
inline constexpr std::string_view ec_token_kid_one =
    "eyJhbGciOiJFUzI1NiIsImtpZCI6Im9uZSJ9.eyJpZCI6ImFtaW5hIiwicm9sZSI6ImFnZW50IiwiY29tcGFueV9pZCI6ImFjbWUiLCJpc3MiO"
    "iJodHRwczovL3Nob3AuZXhhbXBsZSIsImF1ZCI6ImNhbGxkb2NrZXIiLCJleHAiOjE3MDAwMDM2MDB9.PMdyRlw9-WLQW5gsX6yBixyd0bGcEU"
    "FlMrVCaGbVTSFRKTgNEWBtHKhuyxF9igaQ7jTtNpdQfLy9rznFVqq7Ig";

inline constexpr std::string_view ec_token_without_exp =
    "eyJhbGciOiJFUzI1NiJ9.eyJpZCI6ImFtaW5hIiwicm9sZSI6ImFnZW50IiwiY29tcGFueV9pZCI6ImFjbWUiLCJpc3MiOiJodHRwczovL3Nob"
    "3AuZXhhbXBsZSIsImF1ZCI6ImNhbGxkb2NrZXIifQ.ZubqXqMi6-tGfhLu_4SKszP40ikIbkBgADdebduU2BFpGdsiZriR24YgG0lSNiIyewV0"
    "9K8gKBKb-pEPZuj2ZA";
/// Its `aud` is a list, of which the second is calldocker.
inline constexpr std::string_view ec_token_for_two =
    "eyJhbGciOiJFUzI1NiJ9.eyJpZCI6ImFtaW5hIiwicm9sZSI6ImFnZW50IiwiY29tcGFueV9pZCI6ImFjbWUiLCJpc3MiOiJodHRwczovL3Nob"
    "3AuZXhhbXBsZSIsImF1ZCI6WyJhbm90aGVyIiwiY2FsbGRvY2tlciJdLCJleHAiOjE3MDAwMDM2MDB9.Z7OhBQPkZZoDqz7XoDrw6_XWnFAvXI"
    "McuhybV8JGU_3FVk4fKY73sBU8YLA_iMNRo9pEr1zC1yfxpaUCg4U2nQ";

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
