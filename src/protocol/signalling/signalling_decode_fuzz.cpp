#include <cstdint>
#include <cstdlib>

#include "protocol/json/reader.hpp"
#include "protocol/signalling/decode.hpp"
#include "protocol/signalling/encode.hpp"

using namespace calldocker;

// Whatever is read from any bytes, what is passed on of it keeps the message that carries it valid JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static protocol::json::Validator validator(512 * 1024, 70);
    const int version = 1 + (data[0] & 1);
    const auto decoded = protocol::decode({reinterpret_cast<const char*>(data + 1), size - 1}, version);
    domain::Notice notice = domain::notice::Pong{};
    if (!decoded) {
        notice = domain::notice::Failed{decoded.error().message, decoded.error().detail, ErrorCode::invalid, decoded.error().id};
    } else if (const auto* offer = std::get_if<domain::WebrtcOffer>(&decoded->message)) {
        notice = domain::notice::Offer{UserId("u"), offer->offer, offer->call};
    } else if (const auto* candidate = std::get_if<domain::IceCandidate>(&decoded->message)) {
        notice = domain::notice::Candidate{UserId("u"), candidate->candidate, candidate->call};
    } else if (const auto* chat = std::get_if<domain::SendChat>(&decoded->message)) {
        notice = domain::notice::ChatSaid{chat->call, {1, {UserId("u"), ""}, domain::Party::visitor, chat->text, from_unix_ms(0)}};
    } else if (const auto* callback = std::get_if<domain::RequestCallback>(&decoded->message)) {
        domain::ContactView contact;
        contact.call = callback->call;
        contact.callback = domain::CallbackView{0, 3, std::nullopt, callback->phone, callback->note};
        notice = domain::notice::ContactChanged{contact};
    }
    std::string message = protocol::encode(notice, from_unix_ms(0), version);
    protocol::append_seq(message, 1);
    if (!validator.validate(message)) std::abort();
    return 0;
}
