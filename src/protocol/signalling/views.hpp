#pragma once
#include "domain/messages/notice.hpp"
#include "protocol/signalling/message.hpp"

/// The members of what a notice consists of, as Message::value() and values() put them on the wire.
namespace calldocker::protocol {

void write_members(Message& message, const domain::Person& person);
void write_members(Message& message, const domain::QueueRef& queue);

// A contact, for one of its sessions.
void write_members(Message& message, const domain::ContactView& view);
void write_members(Message& message, const domain::ContactView::Visitor& visitor);
void write_members(Message& message, const domain::OfferView& offer);
void write_members(Message& message, const domain::RoutingWhy& why);
void write_members(Message& message, const domain::LegView& leg);
void write_members(Message& message, const domain::ParticipantView& participant);
void write_members(Message& message, const domain::NotesView& written);
void write_members(Message& message, const domain::PlaceView& place);
void write_members(Message& message, const domain::CallbackView& callback);
void write_members(Message& message, const domain::ChatMessage& said);

// An agent, for their own sessions.
void write_members(Message& message, const domain::AgentView& view);
void write_members(Message& message, const domain::NextIntent& next);

void write_members(Message& message, const domain::Snapshot& snapshot);
void write_members(Message& message, const domain::RoomView& room);
void write_members(Message& message, const domain::notice::IceServer& server);

void write_members(Message& message, const domain::QueueStatus& status);

void write_members(Message& message, const domain::Directory& directory);
void write_members(Message& message, const domain::DirectoryQueue& queue);
void write_members(Message& message, const domain::DirectoryAgent& agent);
void write_members(Message& message, const domain::ReasonView& reason);

// A company, for its supervisors.
void write_members(Message& message, const domain::LiveView& live);
void write_members(Message& message, const domain::LiveQueue& queue);
void write_members(Message& message, const domain::LiveAgent& agent);
void write_members(Message& message, const domain::LiveContact& contact);

}  // namespace calldocker::protocol
